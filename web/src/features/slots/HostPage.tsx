import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import type { HostSlot } from '#shared/slots/slots.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem, queryFor } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { MeetingWithAnswer } from '../confirmations/PlacementLinkPage.tsx'
import { HandOver } from '../handovers/HandOver.tsx'
import { OfferCard } from './OfferCard.tsx'
import { SlotForm } from './SlotForm.tsx'
import classes from './Slots.module.css'
import { slotLinkQuery, useAnswer } from './slots.api.ts'

/** Refusals after which a link opens nothing, and the words that say why. */
const goneFor = new Map<string, 'renewed' | 'unknown' | 'left'>([
  ['link-renewed', 'renewed'],
  ['link-expired', 'unknown'],
  ['holder-left', 'left'],
])

/** A host's own page, by link or card, without any account: one card, three answers. */
export function HostPage() {
  const { t } = useTranslation('slots')
  const { token } = useParams({ from: '/creneau/$token' })
  const slot = useQuery({ ...slotLinkQuery(token), retry: false })
  const refused = slot.error instanceof ApiProblem ? slot.error.problem.code : undefined
  const gone = goneFor.get(refused ?? '')
  if (gone) {
    return (
      <Page title={t('gone.title')} width="narrow">
        <EmptyState title={t(`gone.${gone}.what`)}>{t(`gone.${gone}.why`)}</EmptyState>
      </Page>
    )
  }
  if (slot.data && isSettled(slot.data)) return <Settled token={token} slot={slot.data} />
  if (slot.data) return <Offer token={token} slot={slot.data} />
  return (
    <Page title={t('host.waiting')} width="narrow">
      <Answered query={slot} shape="cards">
        {() => null}
      </Answered>
    </Page>
  )
}

/** Who is expected by guests, or comes too late, has nothing to offer any more. */
function isSettled({ day, status }: HostSlot): boolean {
  return day.settled !== null || (day.published && (status === 'accepted' || status === 'closed'))
}

/** Once published, the same link shows who comes, and takes the host’s yes or no to them. */
function Settled({ token, slot }: { token: string; slot: HostSlot }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const values = { name: slot.host.firstName, date: words.date(slot.day.date) }
  const hosts = slot.status === 'accepted' || slot.status === 'closed'
  const query = queryFor(confirmationsRoutes.slotLinkMeeting, { params: { token } })
  const meeting = useQuery({ ...query, enabled: hosts })
  return (
    <Page
      width="narrow"
      kicker={`${slot.day.name} · ${slot.region.name}`}
      title={t(hosts ? 'host.meeting' : `host.${slot.status}.title`, values)}
      lead={t('host.hello', values)}
    >
      {hosts ? (
        <Answered query={meeting} shape="cards">
          {(found) => (
            <>
              <MeetingWithAnswer meeting={found} by={{ token }} />
              <HandOver token={token} timeZone={slot.day.timeZone} />
            </>
          )}
        </Answered>
      ) : (
        <div className={classes.deck}>
          <Standing slot={slot} />
          <OfferCard slot={slot} />
        </div>
      )}
    </Page>
  )
}

function Offer({ token, slot }: { token: string; slot: HostSlot }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const [changing, setChanging] = useState(false)
  const answer = useAnswer(token)
  const values = {
    name: slot.host.firstName,
    date: words.date(slot.day.date),
    region: slot.region.name,
    deadline: words.dayOf(slot.day.offersCloseAt, slot.day.timeZone),
  }
  const asked = slot.status === 'proposed' && !slot.day.settled
  const title = asked ? t('host.question', values) : t(`host.${slot.status}.title`, values)
  const late = slot.day.offersClosed && asked
  return (
    <Page
      width="narrow"
      kicker={`${slot.day.name} · ${slot.region.name}`}
      title={title}
      lead={asked ? t('host.lead', values) : t(`host.${slot.status}.lead`, values)}
    >
      <div className={classes.deck}>
        <Standing slot={slot} />
        {changing ? (
          <SlotForm
            periods={slot.day.periods}
            initial={slot.details}
            submit={asked ? t('host.yesLikeThis') : t('host.saveChanges')}
            busy={answer.isPending}
            refused={<Refused error={answer.error} />}
            aside={
              <Button variant="subtle" color="ink" onClick={() => setChanging(false)}>
                {t('host.back')}
              </Button>
            }
            onSubmit={(details) =>
              answer.mutate({ answer: 'yes', details }, { onSuccess: () => setChanging(false) })
            }
          />
        ) : (
          <>
            <OfferCard slot={slot} {...(asked ? { motion: 'deal' as const } : {})} />
            <Refused error={answer.error} />
            {!slot.day.settled && !late && (
              <Answers
                slot={slot}
                busy={answer.isPending}
                onAnswer={(word) =>
                  answer.mutate({ answer: word }, { onSuccess: () => window.scrollTo({ top: 0 }) })
                }
                onChange={() => {
                  answer.reset()
                  setChanging(true)
                  window.scrollTo({ top: 0 })
                }}
              />
            )}
            {slot.status === 'accepted' && <HandOver token={token} timeZone={slot.day.timeZone} />}
            {asked && <p className={classes.respect}>{t('host.respect', values)}</p>}
          </>
        )}
      </div>
    </Page>
  )
}

/** What somebody else decided, or what time made of it. */
function Standing({ slot }: { slot: HostSlot }) {
  const { t } = useTranslation('slots')
  const { settled } = slot.day
  if (settled) return <Notice title={t(`settled.${settled}`)} />
  if (slot.status === 'proposed' && slot.day.offersClosed) {
    return <Notice tone="warn" title={t('host.tooLate')} />
  }
  if (slot.release === 'refused') {
    return (
      <Notice tone="warn" title={t('host.refusedBySite')}>
        {slot.refusedReason}
      </Notice>
    )
  }
  if (slot.status !== 'accepted') return null
  const waiting = slot.day.releaseRequired && slot.release === 'pending'
  return (
    <Notice
      tone={waiting ? 'info' : 'success'}
      title={t(waiting ? 'host.toRelease' : 'host.noted')}
    >
      {t(waiting ? 'host.toReleaseWhy' : 'host.notedNext')}
    </Notice>
  )
}

function Answers({
  slot,
  busy,
  onAnswer,
  onChange,
}: {
  slot: HostSlot
  busy: boolean
  onAnswer: (word: 'yes' | 'no' | 'pause') => void
  onChange: () => void
}) {
  const { t } = useTranslation('slots')
  const { status, release } = slot
  if (status === 'closed') return null
  const mayYes = release !== 'refused'
  return (
    <div className={classes.buttons}>
      {status !== 'accepted' && mayYes && (
        <Button size="lg" loading={busy} onClick={() => onAnswer('yes')}>
          {t(
            status === 'proposed' ? 'host.yes' : status === 'paused' ? 'host.resume' : 'host.after',
          )}
        </Button>
      )}
      {(status === 'proposed' || status === 'accepted') && mayYes && (
        <Button size="lg" variant="default" disabled={busy} onClick={onChange}>
          {t(status === 'proposed' ? 'host.yesBut' : 'host.change')}
        </Button>
      )}
      {status === 'accepted' && (
        <Button size="lg" variant="default" disabled={busy} onClick={() => onAnswer('pause')}>
          {t('host.pause')}
        </Button>
      )}
      {status !== 'declined' && (
        <Button
          size="lg"
          variant="subtle"
          color="ink"
          disabled={busy}
          onClick={() => onAnswer('no')}
        >
          {t(status === 'proposed' ? 'host.no' : 'host.withdraw')}
        </Button>
      )}
    </div>
  )
}
