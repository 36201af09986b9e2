import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { sheetRoutes as routes, type Sheet } from '#shared/attendance/attendance.sheet.contract.ts'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem } from '../../app/api.ts'
import { keptQuery } from '../../app/kept.ts'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { AddToCalendar } from '../confirmations/AddToCalendar.tsx'
import { type AnswerBy, MeetingAnswer } from '../confirmations/MeetingAnswer.tsx'
import { KitView } from '../kits/KitView.tsx'
import { ownName } from '../kits/kits.lines.ts'
import { ReceivedThanks } from '../thanks/ReceivedThanks.tsx'
import { ThankHost } from '../thanks/ThankHost.tsx'
import classes from './Sheet.module.css'
import { SheetFacts } from './SheetFacts.tsx'
import { SheetPaper } from './SheetPaper.tsx'
import { ToArrivals, ToMyArrival, ToMyGuests, useArrived } from './ToArrivals.tsx'

/** One’s own sheet stays on the device until its day is over; somebody else’s never does. */
const itsDay = ({ own, reach }: Sheet) => (own ? reach.until : new Date(0))

/** A host who came by the link of a slot. */
export function SheetBySlotPage() {
  const { token } = useParams({ from: '/creneau/$token/fiche' })
  const sheet = useQuery({
    ...keptQuery(routes.slotLinkSheet, { params: { token } }, itsDay),
    retry: false,
  })
  return <SheetPage sheet={sheet} by={{ token }} observe={`/creneau/${token}/observer`} />
}

/** A guest who came by the link of a placement. */
export function SheetByPlacementPage() {
  const { token } = useParams({ from: '/affectation/$token/fiche' })
  const query = keptQuery(routes.placementLinkSheet, { params: { token } }, itsDay)
  const sheet = useQuery({ ...query, retry: false })
  return <SheetPage sheet={sheet} by={{ token }} observe={`/affectation/${token}/observer`} />
}

/** A host signed in, or who looks after the site. */
export function SlotSheetPage() {
  const { slotId } = useParams({ from: '/creneaux/$slotId/fiche' })
  const sheet = useQuery(keptQuery(routes.slotSheet, { params: { slotId } }, itsDay))
  return <SheetPage sheet={sheet} by="session" />
}

/** A guest signed in, or who looks after the site. */
export function PlacementSheetPage() {
  const { placementId } = useParams({ from: '/affectations/$placementId/fiche' })
  const sheet = useQuery(keptQuery(routes.placementSheet, { params: { placementId } }, itsDay))
  return <SheetPage sheet={sheet} by="session" />
}

/** Refusals that trying again does not change: the sentence says what does. */
const noSheet = ['link-expired', 'link-renewed', 'holder-left', 'not-published'] as const

function SheetPage({
  sheet,
  by,
  observe,
}: {
  sheet: ReturnType<typeof useQuery<Sheet>>
  by: AnswerBy
  /** Where this entrance leads to observe; the day’s own page when signed in. */
  observe?: string
}) {
  const { t } = useTranslation('attendance')
  const meeting = sheet.data?.meeting
  const off = meeting?.state === 'ended' || meeting?.state === 'day-cancelled'
  const code = sheet.error instanceof ApiProblem ? sheet.error.problem.code : undefined
  if (sheet.error && noSheet.some((one) => one === code)) {
    return (
      <Page title={t('sheet.none')} width="narrow">
        <Notice title={sheet.error.message} />
      </Page>
    )
  }
  return (
    <Page
      title={t(sheet.data?.own === false ? 'sheet.titleOf' : 'sheet.title', {
        name: meeting?.firstName ?? '',
      })}
      {...(meeting ? { kicker: meeting.day.name } : {})}
      width={off ? 'narrow' : 'wide'}
    >
      <Answered query={sheet} shape="cards">
        {(data) =>
          off ? (
            <MeetingAnswer meeting={data.meeting} by={by} />
          ) : (
            <SheetOf
              sheet={data}
              by={by}
              observe={observe ?? `/journees/${data.meeting.day.id}/observer`}
            />
          )
        }
      </Answered>
    </Page>
  )
}

/** On the day: by the link that opened the sheet, else by the session. */
function ToOwnArrivals({ meeting, by }: { meeting: Sheet['meeting']; by: AnswerBy }) {
  if (by !== 'session') return <ToArrivals kind={meeting.kind} token={by.token} />
  const dayId = meeting.day.id
  if (meeting.kind === 'placement') return <ToMyArrival dayId={dayId} />
  return <ToMyGuests dayId={dayId} slotId={meeting.id} />
}

function SheetOf({ sheet, by, observe }: { sheet: Sheet; by: AnswerBy; observe: string }) {
  const { t, i18n } = useTranslation('attendance')
  const words = useWords()
  const [language, setLanguage] = useState<ContentLanguage>(i18n.language as ContentLanguage)
  const [whole, setWhole] = useState(false)
  const kit = sheet.kits.find((one) => one.language === language) ?? sheet.kits[0]
  const { meeting, own, reach } = sheet
  const arrives = own && reach.open
  const arrived = useArrived(meeting.day.id, by, arrives && meeting.kind === 'placement')
  // A sheet read the evening before, on a device with no network, does not know that it is the day.
  const started = reach.open || meeting.state === 'over' || reach.from <= new Date()
  const print = (everything: boolean) => {
    // The paper must be the right one before the browser takes its picture.
    flushSync(() => setWhole(everything))
    window.print()
    setWhole(false)
  }
  return (
    <div className={classes.sheet}>
      <div className={classes.side}>
        {meeting.state === 'over' && <Notice title={t('sheet.over')}>{t('sheet.overText')}</Notice>}
        <section className={classes.card} aria-label={words.name(meeting.role)}>
          <h2>{words.name(meeting.role)}</h2>
          <SheetFacts sheet={sheet} />
        </section>
        {arrives && <ToOwnArrivals meeting={meeting} by={by} />}
        {own && started && (
          <Button
            component={Link}
            to={observe}
            size="lg"
            fullWidth
            variant={arrives && !arrived ? 'default' : 'filled'}
          >
            {t('sheet.observe')}
          </Button>
        )}
        {own && started && <ThanksOf meeting={meeting} by={by} />}
        <div className={classes.actions}>
          <Button variant="default" onClick={() => print(false)}>
            {t('sheet.print')}
          </Button>
          {kit && (
            <Button variant="default" onClick={() => print(true)}>
              {t('sheet.printKit')}
            </Button>
          )}
        </div>
        {own && meeting.state === 'open' && <AddToCalendar meeting={meeting} by={by} />}
      </div>
      {kit && (
        <div className={classes.kit}>
          {sheet.kits.length > 1 && (
            <fieldset className={classes.languages}>
              <legend>{t('sheet.languages')}</legend>
              {sheet.kits.map((one) => (
                <button
                  key={one.language}
                  type="button"
                  lang={one.language}
                  aria-pressed={one === kit}
                  onClick={() => setLanguage(one.language)}
                >
                  {ownName(one.language)}
                </button>
              ))}
            </fieldset>
          )}
          {meeting.kind === 'slot' && <p className={classes.quiet}>{t('sheet.kitOfGuests')}</p>}
          <KitView {...kit} />
        </div>
      )}
      <SheetPaper sheet={sheet} kit={kit} whole={whole} />
    </div>
  )
}

/** A guest may write their host a card; a host reads those that came. */
function ThanksOf({ meeting, by }: { meeting: Meeting; by: AnswerBy }) {
  const { id: dayId } = meeting.day
  if (meeting.kind === 'placement') {
    return <ThankHost by={by === 'session' ? { by: 'day', dayId } : { by: 'placement', ...by }} />
  }
  return <ReceivedThanks by={by === 'session' ? { by: 'day', dayId } : { by: 'slot', ...by }} />
}
