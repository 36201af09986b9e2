import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MyWaiting,
  waitingRoutes as routes,
  type Seat,
  type SeatOfferSeen,
} from '#shared/waiting/waiting.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { OfferAnswer } from './OfferAnswer.tsx'
import { SeatCard } from './SeatCard.tsx'
import classes from './Waiting.module.css'

interface WaitingDay {
  id: string
  timeZone: string
}

/**
 * What somebody without a place can expect and do: the place offered to them in front, otherwise
 * `children` (why there is none), then their rank on the list and what is free to take.
 */
export function WaitingPanel({ day, children }: { day: WaitingDay; children: ReactNode }) {
  const query = queryFor(routes.mine, { params: { dayId: day.id } })
  const mine = useQuery({ ...query, refetchInterval: 60_000 })
  return (
    <Answered query={mine} shape="cards">
      {(waiting) => (
        <Stack gap="xl" align="center">
          {waiting.offer?.status === 'pending' ? (
            <>
              <SeatCard seat={waiting.offer.seat} timeZone={day.timeZone} />
              <OfferAnswer offer={waiting.offer} by="session" timeZone={day.timeZone} />
            </>
          ) : (
            <>
              {children}
              {waiting.offer && <Passed offer={waiting.offer} />}
            </>
          )}
          {waiting.position !== null && <Place waiting={waiting} />}
          {waiting.position !== null && <Free waiting={waiting} day={day} />}
        </Stack>
      )}
    </Answered>
  )
}

function Passed({ offer }: { offer: SeatOfferSeen }) {
  const { t } = useTranslation('waiting')
  const became = offer.status === 'withdrawn' ? offer.withdrawnReason : offer.status
  return (
    <div className={classes.words}>
      <Notice title={t(`became.${became}.title`)}>{t(`became.${became}.text`)}</Notice>
    </div>
  )
}

function Place({ waiting }: { waiting: MyWaiting }) {
  const { t } = useTranslation('waiting')
  const words = useWords()
  const place = words.place(waiting.position ?? 0)
  return (
    <div className={classes.words}>
      <Section title={t('place.title', { place, count: waiting.waiting })}>
        <p className={classes.soft}>{t('place.text')}</p>
      </Section>
    </div>
  )
}

/** The places nobody waits for, each with its button. */
function Free({ waiting, day }: { waiting: MyWaiting; day: WaitingDay }) {
  const { t } = useTranslation('waiting')
  const words = useWords()
  const [wanted, setWanted] = useState<Seat>()
  const take = useCall(routes.takeSeat)
  const { free, freeInAll } = waiting
  const told = (seat: Seat) => ({
    role: words.name(seat.role),
    site: seat.site.name,
    hours: words.hours(seat, day.timeZone),
  })
  const more = freeInAll - free.length
  return (
    <div className={classes.words}>
      <Section title={t('free.title')} lead={free.length > 0 ? t('free.lead') : t('free.none')}>
        <Refused error={take.error} />
        <ul className={classes.free}>
          {free.map((seat) => (
            <li key={seat.slotId}>
              <div>
                <p className={classes.what}>{words.name(seat.role)}</p>
                <p className={classes.soft}>
                  {seat.site.name}, {seat.site.town} · {words.hours(seat, day.timeZone)}
                </p>
              </div>
              <Button
                variant="default"
                aria-label={t('free.takeThis', told(seat))}
                onClick={() => setWanted(seat)}
              >
                {t('free.take')}
              </Button>
            </li>
          ))}
        </ul>
        {more > 0 && <p className={classes.soft}>{t('free.more', { count: more })}</p>}
      </Section>
      {wanted && (
        <ConfirmDialog
          opened
          onClose={() => setWanted(undefined)}
          onConfirm={() =>
            take.mutate(
              { params: { dayId: day.id }, body: { slotId: wanted.slotId } },
              { onSettled: () => setWanted(undefined) },
            )
          }
          busy={take.isPending}
          title={t('free.ask.title')}
          confirm={t('free.ask.confirm')}
          cancel={t('back')}
          close={t('close')}
        >
          {t('free.ask.text', told(wanted))}
        </ConfirmDialog>
      )}
    </div>
  )
}
