import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DryRunView, rosterRoutes } from '#shared/roster/roster.contract.ts'
import { type RosterKind, rowOutcomes } from '#shared/roster/roster.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem, addressOf, queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar, Section } from '../../ui/Page.tsx'
import { AbsentList } from './AbsentList.tsx'
import classes from './Import.module.css'
import {
  type ImportParams,
  type RowFilter,
  useCommit,
  useDryRun,
  useNumbers,
} from './roster.api.ts'
import { VerdictRows } from './VerdictRows.tsx'

/** What the file would do, row by row, before anything is done. */
export function VerdictStep({ params, kind }: { params: ImportParams; kind: RosterKind }) {
  const run = useDryRun(params)
  return (
    <Answered query={run} shape="table">
      {(view) => <Verdict params={params} kind={kind} run={view} />}
    </Answered>
  )
}

function Verdict({
  params,
  kind,
  run,
}: {
  params: ImportParams
  kind: RosterKind
  run: DryRunView
}) {
  const { t } = useTranslation('roster')
  const number = useNumbers()
  const [filter, setFilter] = useState<RowFilter>(
    run.findings.length > 0 ? { remarkable: true } : {},
  )
  const same = (other: RowFilter) => JSON.stringify(filter) === JSON.stringify(other)
  return (
    <>
      <fieldset className={classes.figures}>
        <legend className={classes.hidden}>{t('verdict.filter')}</legend>
        {rowOutcomes.map((outcome) => (
          <button
            key={outcome}
            type="button"
            data-outcome={outcome}
            data-none={run.counts[outcome] === 0 || undefined}
            aria-pressed={same({ outcome })}
            onClick={() => setFilter(same({ outcome }) ? {} : { outcome })}
          >
            <span className={classes.value}>{number(run.counts[outcome])}</span>
            <span>{t(`outcomes.${outcome}`, { count: run.counts[outcome] })}</span>
          </button>
        ))}
      </fieldset>

      {run.findings.length > 0 && (
        <Section title={t('verdict.findings')}>
          <ul className={classes.findings}>
            {run.findings.map(({ code, severity, sentence, count }) => (
              <li key={code}>
                <button
                  type="button"
                  data-severity={severity}
                  aria-pressed={same({ finding: code })}
                  onClick={() =>
                    setFilter(same({ finding: code }) ? { remarkable: true } : { finding: code })
                  }
                >
                  <span className={classes.count}>{number(count)}</span>
                  <span>
                    <strong>{t(`severities.${severity}`)}</strong> {sentence}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}

      <Section
        title={t(titleOf(filter), {
          outcome: filter.outcome ? t(`outcomes.${filter.outcome}`, { count: 2 }) : '',
        })}
        aside={
          <Group>
            {run.findings.length > 0 && !filter.remarkable && (
              <Button variant="subtle" onClick={() => setFilter({ remarkable: true })}>
                {t('verdict.showRemarkable')}
              </Button>
            )}
            {!same({}) && (
              <Button variant="subtle" onClick={() => setFilter({})}>
                {t('verdict.showAll')}
              </Button>
            )}
            <Button
              component="a"
              variant="default"
              download
              href={addressOf(rosterRoutes.report, { params })}
            >
              {t('verdict.report')}
            </Button>
          </Group>
        }
      >
        <VerdictRows params={params} filter={filter} />
      </Section>

      {run.absent > 0 && <AbsentList params={params} kind={kind} count={run.absent} />}
      {run.jobTitles.length > 0 && (
        <Fold title={t('verdict.titles', { count: run.jobTitles.length })}>
          <p>{t('verdict.titlesText')}</p>
          <TitlesAhead regionId={params.regionId} titles={run.jobTitles} />
        </Fold>
      )}
      <Decision params={params} kind={kind} run={run} />
    </>
  )
}

/** Which job to discover each title will stand for, before the director decides. */
function TitlesAhead({ regionId, titles }: { regionId: string; titles: DryRunView['jobTitles'] }) {
  const { t, i18n } = useTranslation('roster')
  const number = useNumbers()
  const roles = useQuery(queryFor(rosterRoutes.roles, { params: { regionId } }))
  function nameOf({ roleId, known }: DryRunView['jobTitles'][number]) {
    const role = roles.data?.find(({ id }) => id === roleId)
    if (!role) return t('verdict.nobody')
    const name = i18n.language === 'fr' ? role.nameFr : role.nameEn
    return known ? name : t('verdict.suggested', { name })
  }
  return (
    <DataTable
      caption={t('verdict.titles', { count: titles.length })}
      hideCaption
      rows={titles}
      rowKey={({ title }) => title}
      columns={[
        { id: 'title', header: t('verdict.jobTitle'), title: true, cell: ({ title }) => title },
        {
          id: 'people',
          header: t('verdict.people'),
          number: true,
          cell: ({ people }) => number(people),
        },
        { id: 'role', header: t('verdict.role'), cell: nameOf },
      ]}
    />
  )
}

function titleOf({ outcome, finding, remarkable }: RowFilter) {
  if (outcome) return 'verdict.rowsOf'
  if (finding) return 'verdict.rowsOfFinding'
  return remarkable ? 'verdict.remarkable' : 'verdict.all'
}

/** The button that says exactly what it does; nothing to do is said as well. */
function Decision({
  params,
  kind,
  run,
}: {
  params: ImportParams
  kind: RosterKind
  run: DryRunView
}) {
  const { t } = useTranslation('roster')
  const number = useNumbers()
  const navigate = useNavigate()
  const commit = useCommit(params)
  // Nothing is refreshed before leaving: this page would tell of an import that is over.
  const abandon = useCall(rosterRoutes.abandon, { refresh: [] })
  const client = useQueryClient()
  const { created, updated } = run.counts
  const changed =
    commit.error instanceof ApiProblem && commit.error.problem.code === 'roster-changed'
  const leave = async () => {
    await abandon.mutateAsync({ params })
    const { regionId } = params
    await navigate({ to: '/regions/$regionId/effectifs', params: { regionId } as never })
    await client.invalidateQueries({ queryKey: ['api', 'regions', regionId, 'imports'] })
  }
  const what = updated === 0 ? 'created' : created === 0 ? 'updated' : 'both'
  const values = {
    what: t(`decision.${kind}`, { count: created + updated }),
    created: number(created),
    updated: number(updated),
  }
  return (
    <>
      {changed ? (
        <Notice tone="warn" title={commit.error?.message ?? ''} />
      ) : (
        <Refused error={commit.error ?? abandon.error} />
      )}
      {created + updated === 0 && (
        <Notice title={t('decision.nothing')}>{t('decision.nothingText')}</Notice>
      )}
      <BottomBar note={t('decision.note')}>
        <Button
          variant="default"
          loading={abandon.isPending}
          onClick={() => void leave().catch(() => undefined)}
        >
          {t('decision.abandon')}
        </Button>
        {created + updated > 0 && (
          <Button loading={commit.isPending} onClick={() => commit.mutate(run.fingerprint)}>
            {t(`decision.commit.${what}`, values)}
          </Button>
        )}
      </BottomBar>
    </>
  )
}
