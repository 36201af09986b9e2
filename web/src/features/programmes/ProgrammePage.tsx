import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Programme,
  programmesRoutes as routes,
} from '#shared/programmes/programmes.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { PauseForAll, PauseForOne } from './Pausing.tsx'
import { Planned } from './Planned.tsx'
import { ProgrammeDates } from './ProgrammeDates.tsx'
import { ProgrammeForm } from './ProgrammeForm.tsx'
import classes from './Programmes.module.css'

/** One programme: prepared with its preview beside it, then followed. */
export function ProgrammePage() {
  const { t } = useTranslation('programmes')
  const { regionId, programmeId } = useParams({
    from: '/regions/$regionId/parcours/$programmeId',
  })
  const programme = useQuery(queryFor(routes.programme, { params: { programmeId } }))
  const status = programme.data?.status
  return (
    <Page
      title={programme.data?.name ?? t('list.title')}
      kicker={status && t(`status.${status}`)}
      back={
        <Link to="/regions/$regionId/parcours" params={{ regionId }}>
          {t('back')}
        </Link>
      }
    >
      <Answered query={programme} shape="cards">
        {(read) =>
          read.status === 'draft' ? <Preparing programme={read} /> : <Following programme={read} />
        }
      </Answered>
    </Page>
  )
}

function Preparing({ programme }: { programme: Programme }) {
  return (
    <div className={classes.stack}>
      <ProgrammeForm key={programme.id} programme={programme} />
      <Planned programme={programme} />
      <Launch programme={programme} />
    </div>
  )
}

function Following({ programme }: { programme: Programme }) {
  const { t } = useTranslation('programmes')
  return (
    <div className={classes.stack}>
      <div>
        <Button
          component={Link}
          to="/regions/$regionId/parcours/$programmeId/resultats"
          params={{ regionId: programme.regionId, programmeId: programme.id } as never}
        >
          {t('answers')}
        </Button>
      </div>
      <Planned programme={programme} />
      {programme.status === 'running' && (
        <>
          <PauseForAll programme={programme} />
          <PauseForOne programme={programme} />
          <ProgrammeDates key={programme.version} programme={programme} />
          <End programme={programme} />
        </>
      )}
    </div>
  )
}

/** Asks once, with the number, and says what follows. */
function Launch({ programme }: { programme: Programme }) {
  const { t } = useTranslation(['programmes', 'app'])
  const words = useWords()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'launch' | 'remove'>()
  const launch = useCall(routes.launch)
  const remove = useCall(routes.remove)
  const { id, people, version, steps, counted, regionId } = programme
  const params = { programmeId: id }
  const first = steps[0]?.earliest
  return (
    <>
      <Refused error={launch.error ?? remove.error} />
      <div className={classes.buttons}>
        <Button
          size="lg"
          disabled={steps.length === 0 || people === 0}
          onClick={() => setAsking('launch')}
        >
          {t('launch.button')}
        </Button>
        <Button size="lg" variant="subtle" color="ink" onClick={() => setAsking('remove')}>
          {t('remove.button')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking === 'launch'}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          launch.mutate(
            { params, body: { version, people } },
            { onSettled: () => setAsking(undefined) },
          )
        }
        title={t('launch.ask', { count: people, number: words.count(people) })}
        confirm={t('launch.confirm')}
        cancel={t('launch.notYet')}
        close={t('app:close')}
        busy={launch.isPending}
      >
        {counted === 'date' && first
          ? t('launch.text', { date: words.date(first) })
          : t('launch.textWorkshop')}
      </ConfirmDialog>
      <ConfirmDialog
        danger
        opened={asking === 'remove'}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          remove.mutate(
            { params },
            {
              onSuccess: () =>
                void navigate({ to: '/regions/$regionId/parcours', params: { regionId } }),
              onError: () => setAsking(undefined),
            },
          )
        }
        title={t('remove.ask')}
        confirm={t('remove.confirm')}
        cancel={t('remove.keep')}
        close={t('app:close')}
        busy={remove.isPending}
      >
        {t('remove.text')}
      </ConfirmDialog>
    </>
  )
}

function End({ programme }: { programme: Programme }) {
  const { t } = useTranslation(['programmes', 'app'])
  const [asking, setAsking] = useState(false)
  const end = useCall(routes.end)
  const { id, version } = programme
  return (
    <Section title={t('end.title')} lead={t('end.lead')}>
      <Refused error={end.error} />
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('end.button')}
        </Button>
      </div>
      <ConfirmDialog
        danger
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          end.mutate(
            { params: { programmeId: id }, body: { version } },
            { onSettled: () => setAsking(false) },
          )
        }
        title={t('end.ask')}
        confirm={t('end.confirm')}
        cancel={t('launch.notYet')}
        close={t('app:close')}
        busy={end.isPending}
      />
    </Section>
  )
}
