import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type ListedProgramme,
  programmesRoutes as routes,
} from '#shared/programmes/programmes.contract.ts'
import { mostSteps } from '#shared/programmes/programmes.vocabulary.ts'
import { remindersRoutes } from '#shared/reminders/reminders.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import classes from './Programmes.module.css'
import { inFourWeeks } from './programmes.input.ts'

/** The programmes of a region, and the way to prepare one. */
export function ProgrammesPage() {
  const { t } = useTranslation('programmes')
  const { regionId } = useParams({ from: '/regions/$regionId/parcours' })
  const programmes = useQuery(queryFor(routes.programmes, { params: { regionId } }))
  const prepare = usePrepare(regionId, programmes.data?.today)
  const button = (
    <Button loading={prepare.busy} onClick={prepare.begin}>
      {t('list.new')}
    </Button>
  )
  const some = (programmes.data?.programmes.length ?? 0) > 0
  return (
    <Page title={t('list.title')} lead={t('list.lead')} action={some && button}>
      <Refused error={prepare.error} />
      <Answered query={programmes} shape="cards">
        {({ programmes: listed }) =>
          listed.length === 0 ? (
            <EmptyState title={t('list.none')} action={button}>
              {t('list.noneWhy')}
            </EmptyState>
          ) : (
            <ul className={classes.shelf}>
              {listed.map((programme) => (
                <li key={programme.id}>
                  <ProgrammeCard regionId={regionId} programme={programme} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  )
}

function ProgrammeCard({ regionId, programme }: { regionId: string; programme: ListedProgramme }) {
  const { t } = useTranslation('programmes')
  const words = useWords()
  const { id, name, status, paused, reminders, people } = programme
  const state = status === 'running' && paused ? 'paused' : status
  return (
    <Link
      to="/regions/$regionId/parcours/$programmeId"
      params={{ regionId, programmeId: id }}
      className={classes.programme}
    >
      <span className={classes.status} data-status={state}>
        {t(`status.${state}`)}
      </span>
      <h2>{name}</h2>
      <span className={classes.quiet}>
        {t('list.reminders', { count: reminders })} ·{' '}
        {t('list.people', { count: people, number: words.count(people) })}
      </span>
    </Link>
  )
}

/** A draft with what most regions will want: the shelf’s first six, the frontline, a month from now. */
function usePrepare(regionId: string, today: string | undefined) {
  const { t } = useTranslation('programmes')
  const shelf = useQuery(queryFor(remindersRoutes.shelf, { params: { regionId } }))
  const create = useCall(routes.create)
  const navigate = useNavigate()
  async function begin() {
    if (!today) return
    const told = (shelf.data ?? []).filter(({ version }) => version !== null)
    const shipped = told.filter((one) => one.shipped !== null)
    const { id } = await create.mutateAsync({
      params: { regionId },
      body: {
        name: t('list.defaultName'),
        audience: { who: 'frontline', roleIds: [], siteIds: [] },
        counted: 'date',
        startsOn: inFourWeeks(today),
        monthsBetween: 1,
        reminders: shipped.slice(0, mostSteps).map(({ reminder }) => reminder),
      },
    })
    await navigate({
      to: '/regions/$regionId/parcours/$programmeId',
      params: { regionId, programmeId: id },
    })
  }
  return {
    begin: () => void begin().catch(() => {}),
    busy: create.isPending || shelf.isPending,
    error: create.error,
  }
}
