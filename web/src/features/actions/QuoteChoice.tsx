import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ChosenQuote,
  changesRoutes as routes,
} from '#shared/actions/actions.changes.contract.ts'
import type { NameFilter } from '#shared/observations/observations.contract.ts'
import { call, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useSpotting } from '../observations/observations.spotting.ts'
import classes from './Actions.module.css'
import { maskedAt, piecesOf } from './actions.masking.ts'
import { MaskedQuote } from './MaskedQuote.tsx'
import { Quoted } from './ToldChanges.tsx'

/**
 * What may be quoted of a finding, to choose from one by one; names are masked before anything is
 * shown, and what everybody would read is read once more before it is theirs.
 */
export function QuoteChoice({
  dayId,
  finding,
  names,
  quoted,
  onClose,
}: {
  dayId: string
  finding: { id: string; title: string }
  names: NameFilter
  quoted: readonly ChosenQuote[]
  onClose: () => void
}) {
  const { t } = useTranslation(['actions', 'app', 'observations'])
  const spotting = useSpotting(names, true)
  const [chosen, setChosen] = useState<ChosenQuote>()
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const params = { dayId, findingId: finding.id }
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', dayId, 'changes', 'findings', finding.id, 'words'],
    queryFn: ({ pageParam }) =>
      call(routes.quotable, { params, query: pageParam ? { after: pageParam } : {} }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const quote = useCall(routes.quote)
  const isQuoted = (one: ChosenQuote) =>
    quoted.some(
      ({ observationId, part }) => observationId === one.observationId && part === one.part,
    )
  const offered = (pages.data?.pages ?? [])
    .flatMap(({ words }) => words)
    .filter((one) => !isQuoted(one))
  if (!spotting || pages.isPending) return <Loading label={t('sharing.loading')} shape="lines" />
  return (
    <Stack>
      <Refused error={pages.error} />
      {pages.isSuccess && offered.length === 0 && !pages.hasNextPage && (
        <p>
          {t('sharing.nothing')} {t('sharing.nothingWhy')}
        </p>
      )}
      <ul className={classes.offered}>
        {offered
          .map((one) => ({ ...one, words: spotting.maskAll(one.words) }))
          .map((one) => (
            <li key={`${one.observationId} ${one.part}`} className={classes.handled}>
              <Quoted quote={one} />
              <Button
                variant="default"
                aria-label={t('sharing.quoteThis', { words: one.words })}
                onClick={() => {
                  setHidden(new Set())
                  setChosen(one)
                }}
              >
                {t('sharing.quote')}
              </Button>
            </li>
          ))}
      </ul>
      <div className={classes.buttons}>
        {pages.hasNextPage && (
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('sharing.more')}
          </Button>
        )}
        <Button variant="subtle" color="ink" onClick={onClose}>
          {t('sharing.enough')}
        </Button>
      </div>
      <ConfirmDialog
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={t('sharing.previewTitle')}
        confirm={t('sharing.previewConfirm')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        busy={quote.isPending}
        onConfirm={() => {
          if (!chosen) return
          const { words: said, ...at } = chosen
          const words = maskedAt(piecesOf(said), hidden, t('observations:names.masked.person'))
          quote.mutate(
            { params: { dayId, ...at }, body: { words } },
            { onSuccess: () => setChosen(undefined) },
          )
        }}
      >
        <p className={classes.what}>{finding.title}</p>
        {chosen && <MaskedQuote quote={chosen} hidden={hidden} onHide={setHidden} />}
        <p className={classes.quiet}>{t('sharing.previewWhat')}</p>
        <Refused error={quote.error} />
      </ConfirmDialog>
    </Stack>
  )
}
