import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { type CourseOnShelf, workshopsRoutes } from '#shared/workshops/workshops.contract.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import type { WorkshopAudience } from '#shared/workshops/workshops.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { BottomBar, Page, Section } from '../../ui/Page.tsx'
import { CourseChoice } from './CourseChoice.tsx'
import { SeatsForPeople, WorkshopAudienceFields } from './WorkshopAudience.tsx'
import classes from './Workshops.module.css'
import { WrittenSessions } from './WrittenSessions.tsx'
import { inputOf, missingOf, type SessionDraft } from './workshops.drafts.ts'
import { told } from './workshops.told.ts'

/** A workshop on one page: which, for whom, when and where. Nobody hears of it yet. */
export function NewWorkshopPage() {
  const { t } = useTranslation('workshops')
  const { regionId } = useParams({ from: '/regions/$regionId/ateliers/nouveau' })
  const courses = useQuery(queryFor(workshopsRoutes.courses))
  const today = useQuery(queryFor(routes.workshops, { params: { regionId } })).data?.today
  return (
    <Page
      title={t('new.title')}
      lead={t('new.lead')}
      back={
        <Link to="/regions/$regionId/ateliers" params={{ regionId }}>
          {t('list.back')}
        </Link>
      }
    >
      <Answered query={courses} shape="cards">
        {(all) => today && <Writing regionId={regionId} courses={all} today={today} />}
      </Answered>
    </Page>
  )
}

function Writing({
  regionId,
  courses,
  today,
}: {
  regionId: string
  courses: CourseOnShelf[]
  today: string
}) {
  const { t, i18n } = useTranslation('workshops')
  const language = i18n.language as ContentLanguage
  const navigate = useNavigate()
  const create = useCall(routes.createWorkshop)
  const [course, setCourse] = useState<CourseOnShelf>()
  const [title, setTitle] = useState('')
  const [audience, setAudience] = useState<WorkshopAudience>({
    who: 'frontline',
    roleIds: [],
    siteIds: [],
  })
  const [sessions, setSessions] = useState<SessionDraft[]>([])
  const missing = missingFrom()

  function missingFrom(): string | undefined {
    if (!course) return t('missing.course')
    if (title.trim().length < 2) return t('missing.title')
    if (sessions.length === 0) return t('missing.session')
    const unsaid = sessions.flatMap((session) => missingOf(session) ?? [])[0]
    return unsaid && t(`missing.${unsaid}`)
  }

  function choose(chosen: CourseOnShelf) {
    // A title of one’s own stays.
    const wasTitle = course ? told(course.title, language) : ''
    if (title === wasTitle) setTitle(told(chosen.title, language))
    setCourse(chosen)
  }

  async function save() {
    if (!course || missing) return
    const body = { course: course.name, title, audience, sessions: sessions.map(inputOf) }
    const { id } = await create.mutateAsync({ params: { regionId }, body })
    await navigate({
      to: '/regions/$regionId/ateliers/$workshopId',
      params: { regionId, workshopId: id },
    })
  }

  return (
    <>
      <Section title={t('new.which')}>
        <CourseChoice courses={courses} chosen={course} onChoose={choose} />
        {course && (
          <TextInput
            label={t('form.name')}
            description={t('form.nameHint')}
            maxLength={80}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </Section>
      <div className={classes.whom}>
        <WorkshopAudienceFields regionId={regionId} audience={audience} onAudience={setAudience} />
      </div>
      <Section title={t('new.when')} lead={t('new.whenLead')}>
        <WrittenSessions
          regionId={regionId}
          today={today}
          sessions={sessions}
          onSessions={setSessions}
        />
      </Section>
      <Refused error={create.error} />
      <BottomBar
        note={
          <>
            <SeatsForPeople regionId={regionId} audience={audience} sessions={sessions} />
            {missing && <p role="status">{missing}</p>}
          </>
        }
      >
        <Button
          size="lg"
          disabled={missing !== undefined}
          loading={create.isPending}
          onClick={() => void save().catch(() => {})}
        >
          {t('new.submit')}
        </Button>
      </BottomBar>
    </>
  )
}
