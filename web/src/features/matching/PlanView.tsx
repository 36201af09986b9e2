import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import {
  matchingRoutes,
  type Plan,
  type PlanChangeSeen,
  type Studio,
} from '#shared/matching/matching.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar, Section } from '../../ui/Page.tsx'
import { type RankBar, RankBars } from '../../ui/RankBars.tsx'
import { GuestTable } from './GuestTable.tsx'
import classes from './Matching.module.css'

/** One draft: how well it serves, whom it leaves out, and the table to correct it by hand. */
export function PlanView({
  studio,
  plan,
  drafts,
  recompute,
}: {
  studio: Studio
  plan: Plan
  drafts: ReactNode
  recompute: ReactNode
}) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const input = { params: { planId: plan.id } }
  const details = useQuery(queryFor(matchingRoutes.plan, input))
  const close = useCall(daysRoutes.closeSignUp)
  const { stats } = plan
  if (!stats) return null
  const against = details.data?.against ?? null
  const outdated = details.data?.outdated ?? false
  return (
    <Stack gap="xl">
      <div className={classes.filters}>
        {drafts}
        {recompute}
      </div>
      {outdated && (
        <Notice tone="warn" title={t('plan.outdated')} action={recompute}>
          {t('plan.outdatedText')}
        </Notice>
      )}
      {stats.pinsIgnored > 0 && (
        <Notice tone="warn" title={t('plan.pinsIgnored', { count: stats.pinsIgnored })}>
          {t('plan.pinsIgnoredText')}
        </Notice>
      )}
      <div className={classes.top}>
        <Stack>
          <Figures>
            <Figure
              value={words.count(stats.placed)}
              label={t('plan.placed')}
              hint={t('plan.ofSignedUp', { people: t('people', { count: stats.signedUp }) })}
            />
            <Figure value={words.count(stats.unplaced)} label={t('plan.unplaced')} />
            <Figure
              value={words.count(stats.slotsWithoutGuest)}
              label={t('plan.idle')}
              hint={t('plan.ofHosts', { hosts: words.count(stats.slots) })}
            />
          </Figures>
          <p>{t('plan.proved', { milliseconds: words.count(stats.milliseconds) })}</p>
          {against && <p className={classes.change}>{useless(against) ?? said(against)}</p>}
        </Stack>
        <RankBars
          caption={against ? t('plan.ranksAgainst', { number: against.number }) : t('plan.ranks')}
          total={Math.max(1, stats.signedUp)}
          bars={barsOf()}
        />
      </div>
      {stats.slotsWithoutGuest > 0 && <IdleHosts planId={plan.id} studio={studio} />}
      <Section title={t('plan.guests')} lead={t('plan.guestsLead')}>
        <GuestTable studio={studio} plan={plan} />
      </Section>
      <Refused error={close.error} />
      {plan.status === 'ready' && (
        <BottomBar note={publishNote()}>
          {studio.day.signUpOpen ? (
            <Button
              size="lg"
              loading={close.isPending}
              onClick={() => close.mutate({ params: { dayId: plan.dayId } })}
            >
              {t('plan.closeSignUp')}
            </Button>
          ) : outdated ? (
            <Button size="lg" disabled>
              {t('plan.publish')}
            </Button>
          ) : (
            <Button
              size="lg"
              component={Link}
              to={`/journees/${plan.dayId}/affectations/${plan.id}/publication`}
            >
              {t('plan.publish')}
            </Button>
          )}
        </BottomBar>
      )}
      {plan.status === 'published' && <Notice tone="success" title={t('plan.inForce')} />}
    </Stack>
  )

  function publishNote(): string {
    if (studio.day.signUpOpen) return t('plan.signUpOpen')
    return outdated ? t('plan.outdated') : t('plan.readyToPublish')
  }

  function barsOf(): RankBar[] {
    const ranks = stats!.byRank.map((value, index) => ({
      id: String(index + 1),
      label: t(`rank.${index + 1}`),
      value,
      text: words.count(value),
      ...(against ? { before: against.byRank[index] ?? 0 } : {}),
    }))
    const byHand =
      stats!.unwished > 0
        ? [{ id: 'hand', label: t('rank.hand'), value: stats!.unwished, muted: true }]
        : []
    const unplaced = {
      id: 'none',
      label: t('rank.none'),
      value: stats!.unplaced,
      text: words.count(stats!.unplaced),
      muted: true,
      ...(against ? { before: against.unplaced } : {}),
    }
    return [...ranks, ...byHand, unplaced]
  }

  function useless({ placed, gained, lost, moved, ranks }: PlanChangeSeen): string | undefined {
    const same = placed === 0 && gained + lost + moved === 0 && ranks.length === 0
    return same ? t('change.nothing') : undefined
  }

  /** « +2 placed, 1 person goes from their wish 1 to their wish 2. » */
  function said({ number: before, placed, gained, lost, moved, ranks }: PlanChangeSeen): string {
    const parts = [
      placed !== 0 &&
        t('change.placed', { count: placed, signed: placed > 0 ? `+${placed}` : `−${-placed}` }),
      placed === 0 && gained > 0 && t('change.gained', { people: t('people', { count: gained }) }),
      placed === 0 && lost > 0 && t('change.lost', { people: t('people', { count: lost }) }),
      moved > 0 && t('change.moved', { count: moved, people: t('people', { count: moved }) }),
      ...ranks
        // Places outside the wishes are told by the bars; the sentence keeps to wishes.
        .filter(({ from, to }) => from !== null && to !== null)
        .slice(0, 4)
        .map(({ from, to, people }) =>
          t('change.rank', { count: people, people: t('people', { count: people }), from, to }),
        ),
    ].filter((part) => part !== false)
    return t('change.against', { number: before, parts: parts.join(', ') })
  }
}

/** Hosts who said yes and whom nobody visits: worth a word before they hear of it. */
function IdleHosts({ planId, studio }: { planId: string; studio: Studio }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const idle = useQuery(queryFor(matchingRoutes.idleSlots, { params: { planId } }))
  return (
    <Fold title={t('plan.idleTitle')}>
      <p>{t('plan.idleText')}</p>
      <ul className={classes.idle}>
        {(idle.data ?? []).map((slot) => (
          <li key={slot.slotId}>
            {slot.hostName}
            <small>
              {`${words.nameIn(studio.roles, slot.roleId)} · ${slot.siteName} · ${words.nameIn(studio.periods, slot.periodId)}`}
            </small>
          </li>
        ))}
      </ul>
    </Fold>
  )
}
