import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AnswerGroup,
  type Answers,
  answersRoutes as routes,
} from '#shared/answers/answers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { titleIn } from '../programmes/programmes.words.ts'
import classes from './Answers.module.css'
import {
  DriftOfReminders,
  MissionsOfReminders,
  OutcomesOfMissions,
  ReadingOfReminders,
  TechniquesOfReminders,
} from './AnswersPictures.tsx'
import { countsIn } from './answers.pictures.ts'

/** What the readers of a programme answered, for its director: pictures first, five at least in each. */
export function AnswersPage() {
  const { t } = useTranslation('answers')
  const { regionId, programmeId } = useParams({
    from: '/regions/$regionId/parcours/$programmeId/resultats',
  })
  const answers = useQuery(queryFor(routes.answers, { params: { programmeId } }))
  return (
    <Page
      title={t('title')}
      kicker={answers.data?.programmeName}
      lead={
        <>
          {t('lead')}{' '}
          <Link to="/anonymat" hash="reminders" className={classes.link}>
            {t('anonymity')}
          </Link>
        </>
      }
      back={
        <Link to="/regions/$regionId/parcours/$programmeId" params={{ regionId, programmeId }}>
          {t('back')}
        </Link>
      }
    >
      <Answered query={answers} shape="cards">
        {(read) => <Read answers={read} />}
      </Answered>
    </Page>
  )
}

function Read({ answers }: { answers: Answers }) {
  const { t } = useTranslation('answers')
  const nameOf = useGroupName()
  const [groupId, setGroupId] = useState<string>()
  // Who finished is told of everybody together, in a group that answers nothing else.
  const told = new Set(
    answers.counts.flatMap((one) => (one.question === 'finished' ? [] : one.groupId)),
  )
  const groups = answers.groups.filter(({ id }) => told.has(id))
  const group = groups.find(({ id }) => id === groupId)
  const counts = countsIn(answers, group?.id)
  const about = t('about', {
    programme: answers.programmeName,
    group: group ? nameOf(group) : t('everybody'),
  })
  if (answers.counts.length === 0 && answers.lines.length === 0) {
    return (
      <>
        <EmptyState title={t('noTitle')}>{t('noText')}</EmptyState>
        <Waiting atLeast={answers.waitingAtLeast} />
      </>
    )
  }
  const input = { reminders: answers.reminders, counts, about }
  return (
    <div className={classes.stack}>
      <div>
        <NativeSelect
          className={classes.group}
          label={t('group')}
          value={group?.id ?? ''}
          onChange={(event) => setGroupId(event.currentTarget.value || undefined)}
          data={[
            { value: '', label: t('everybody') },
            ...groups.map((one) => ({ value: one.id, label: nameOf(one) })),
          ]}
        />
        <Waiting atLeast={answers.waitingAtLeast} />
      </div>
      <DriftOfReminders {...input} />
      <ReadingOfReminders {...input} isEverybody={group === undefined} />
      <OutcomesOfMissions counts={counts} />
      <TechniquesOfReminders {...input} />
      <MissionsOfReminders {...input} />
      {group === undefined && <Lines answers={answers} />}
    </div>
  )
}

/** What is folded, said in words and in whole fives. */
function Waiting({ atLeast }: { atLeast: number }) {
  const { t } = useTranslation('answers')
  const words = useWords()
  if (atLeast === 0) return null
  return (
    <p className={classes.quiet}>
      {t('waiting', { count: atLeast, number: words.count(atLeast) })}
    </p>
  )
}

function Lines({ answers: { lines, reminders } }: { answers: Answers }) {
  const { t, i18n } = useTranslation('answers')
  if (lines.length === 0) return null
  return (
    <Section title={t('lines.title')} lead={t('lines.lead')}>
      <div className={classes.stack}>
        {reminders.map(({ position, title }) => {
          const own = lines.filter((one) => one.position === position)
          if (own.length === 0) return null
          return (
            <div key={position}>
              <h3>{t('lines.about', { position, title: titleIn(title, i18n.language) })}</h3>
              <div className={classes.lines}>
                {own.map(({ words }, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity on purpose
                  <blockquote key={place}>{words}</blockquote>
                ))}
              </div>
            </div>
          )
        })}
      </div>
    </Section>
  )
}

/** A group in words: a job at a site, a job at its other sites, everybody else. */
function useGroupName() {
  const { t } = useTranslation('answers')
  const words = useWords()
  return ({ role, siteName }: AnswerGroup): string => {
    if (!role) return t('others')
    const name = words.name(role)
    return siteName ? t('atSite', { role: name, site: siteName }) : t('otherSites', { role: name })
  }
}
