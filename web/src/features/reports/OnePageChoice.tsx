import { Button, Checkbox, Stack, Textarea } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { picturesRoutes } from '#shared/observations/observations.pictures.contract.ts'
import { type Report, reportsRoutes as routes } from '#shared/reports/reports.contract.ts'
import {
  longestComing,
  mostPictures,
  mostQuotes,
  pictureKinds,
} from '#shared/reports/reports.vocabulary.ts'
import { ApiProblem, call, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Fold } from '../../ui/Fold.tsx'
import classes from './Reports.module.css'

/**
 * What goes on the one page: up to three pictures, up to three quotes, and what comes next. Where
 * somebody else saved meanwhile, theirs shows on the page above, what is chosen here stays, and saving
 * again is then a choice.
 */
export function OnePageChoice({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { choice, dayId } = report
  const reportKeys = [['api', 'days', dayId, 'report']]
  const [pictures, setPictures] = useState(choice.pictures)
  const [quoteIds, setQuoteIds] = useState(choice.quotes.map(({ id }) => id))
  const [coming, setComing] = useState(choice.coming)
  const client = useQueryClient()
  const save = useCall(routes.choose, { refresh: reportKeys })
  const [seen, setSeen] = useState(choice.version)
  const overtaken = save.error instanceof ApiProblem && save.error.problem.code === 'report-changed'
  const body = { version: overtaken ? choice.version : seen, pictures, quoteIds, coming }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(
          { params: { dayId }, body },
          {
            onSuccess: (saved) => setSeen(saved.choice.version),
            onError: () => client.invalidateQueries({ queryKey: reportKeys[0]! }),
          },
        )
      }}
    >
      <Stack>
        <fieldset className={classes.choices}>
          <legend>{t('choice.pictures', { most: mostPictures })}</legend>
          {pictureKinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`pictures.${kind}`)}
              checked={pictures.includes(kind)}
              disabled={pictures.length === mostPictures && !pictures.includes(kind)}
              onChange={() => setPictures(toggled(pictures, kind))}
            />
          ))}
        </fieldset>
        <QuoteChoice
          report={report}
          chosen={quoteIds}
          onToggle={(id) => setQuoteIds(toggled(quoteIds, id))}
        />
        <Textarea
          label={t('choice.coming')}
          description={t('choice.comingHint')}
          value={coming}
          maxLength={longestComing}
          autosize
          minRows={3}
          onChange={(event) => setComing(event.currentTarget.value)}
        />
        <Refused error={save.error} />
        <div>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t('choice.save')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

const toggled = <T,>(list: T[], one: T) =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one]

interface Words {
  id: string
  situation: string
  idea: string
  unmasked: boolean
}

/** What people wrote, to choose from; those already chosen stand first. */
function QuoteChoice({
  report,
  chosen,
  onToggle,
}: {
  report: Report
  chosen: string[]
  onToggle: (id: string) => void
}) {
  const { t } = useTranslation('reports')
  const params = { dayId: report.dayId }
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', report.dayId, 'observations', 'verbatims'],
    queryFn: ({ pageParam }) =>
      call(picturesRoutes.verbatims, { params, query: pageParam ? { after: pageParam } : {} }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const kept: Words[] = report.choice.quotes
  const others = (pages.data?.pages ?? [])
    .flatMap(({ verbatims }) => verbatims)
    .filter(({ id, situation, idea }) => (situation || idea) && !kept.some((one) => one.id === id))
  return (
    <Fold title={t('choice.quotes', { most: mostQuotes })} open={kept.length > 0}>
      <Stack>
        <Refused error={pages.error} />
        {pages.isSuccess && kept.length + others.length === 0 && <p>{t('choice.noQuotes')}</p>}
        {[...kept, ...others].map(({ id, situation, idea, unmasked }) => (
          <Checkbox
            key={id}
            label={[situation, idea && t('page.idea', { idea })].filter(Boolean).join(' ')}
            description={unmasked && t('choice.unmasked')}
            checked={chosen.includes(id)}
            disabled={chosen.length === mostQuotes && !chosen.includes(id)}
            onChange={() => onToggle(id)}
          />
        ))}
        {pages.hasNextPage && (
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('choice.more')}
          </Button>
        )}
      </Stack>
    </Fold>
  )
}
