import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room } from '#shared/debrief/debrief.contract.ts'
import { ApiProblem } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar } from '../../ui/Page.tsx'
import classes from './Debrief.module.css'
import type { useBallot } from './debrief.api.ts'

/** One heart a finding, as many as the director gave; sent again as often as one changes one’s mind. */
export function VoteForm({ room, ballot }: { room: Room; ballot: ReturnType<typeof useBallot> }) {
  const { t } = useTranslation('debrief')
  const words = useWords()
  const [touched, setChosen] = useState<string[]>()
  const standing = new Set(room.findings.map(({ id }) => id))
  const chosen = (touched ?? ballot.cast ?? []).filter((id) => standing.has(id))
  const left = room.hearts - chosen.length
  const isCast = ballot.cast !== undefined && sameOnes(chosen, ballot.cast)
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])

  if (room.findings.length === 0) {
    return <EmptyState title={t('findings.empty')}>{t('findings.emptyWhy')}</EmptyState>
  }
  if (ballot.refused instanceof ApiProblem) {
    const isOutside = ballot.refused.problem.code === 'forbidden'
    return (
      <>
        <Notice tone="warn" title={t('vote.notYours')}>
          {isOutside ? t('vote.outside') : ballot.refused.message}
        </Notice>
        <ul className={classes.findings}>
          {room.findings.map((one) => (
            <li key={one.id}>
              <span className={classes.findingTitle}>{one.title}</span>
            </li>
          ))}
        </ul>
      </>
    )
  }
  return (
    <>
      <p className={classes.lead}>{t('vote.how', { count: room.hearts })}</p>
      <ul className={classes.choices}>
        {room.findings.map((one) => {
          const on = chosen.includes(one.id)
          return (
            <li key={one.id}>
              <button
                type="button"
                aria-pressed={on}
                disabled={!on && left <= 0}
                onClick={() => toggle(one.id)}
              >
                <Pip size={30} hollow={!on} />
                <span>
                  <span className={classes.findingTitle}>{one.title}</span>
                  <span className={classes.findingWhy}>
                    {words.nameIn(room.irritants, one.irritantId)} ·{' '}
                    {t('findings.seen', { count: one.observationCount })}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <p className={classes.small}>{t('vote.secret')}</p>
      <Refused error={ballot.casting.error ?? ballot.refused} />
      <BottomBar
        note={
          <span role="status">
            {ballot.cast && !isCast
              ? t(chosen.length === 0 ? 'vote.keepOne' : 'vote.unsent')
              : t(isCast ? 'vote.cast' : 'vote.left', { count: Math.max(0, left) })}
          </span>
        }
      >
        {ballot.refused ? (
          <Button fullWidth onClick={ballot.again}>
            {t('vote.tryAgain')}
          </Button>
        ) : (
          <Button
            fullWidth
            disabled={chosen.length === 0 || isCast}
            loading={!ballot.ready || ballot.casting.isPending}
            onClick={() => ballot.casting.mutate(chosen)}
          >
            {ballot.cast ? t('vote.sendAgain') : t('vote.send')}
          </Button>
        )}
      </BottomBar>
    </>
  )
}

const sameOnes = (some: string[], others: string[]) =>
  some.length === others.length && some.every((id) => others.includes(id))
