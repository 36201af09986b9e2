import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { DirectedTickets } from './DirectedTicket.tsx'
import { NewSession } from './NewSession.tsx'
import { WorkshopChange } from './WorkshopChange.tsx'
import { WorkshopStep } from './WorkshopStep.tsx'
import classes from './Workshops.module.css'
import { standingOf } from './workshops.sessions.ts'

/** One workshop: what it asks of its director now, its sessions, and what can be changed. */
export function WorkshopPage() {
  const { t } = useTranslation('workshops')
  const { regionId, workshopId } = useParams({ from: '/regions/$regionId/ateliers/$workshopId' })
  const workshop = useQuery(queryFor(routes.workshop, { params: { workshopId } }))
  useLive(routes.workshopsLive, { params: { regionId } }, [['api', 'workshops', workshopId]])
  const standing = workshop.data && standingOf(workshop.data)
  return (
    <Page
      title={workshop.data?.title ?? t('list.title')}
      kicker={standing && t(`standing.${standing}.status`)}
      back={
        <Link to="/regions/$regionId/ateliers" params={{ regionId }}>
          {t('list.back')}
        </Link>
      }
    >
      <Answered query={workshop} shape="cards">
        {(read) => <Directed workshop={read} />}
      </Answered>
    </Page>
  )
}

function Directed({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops')
  const { course, status } = workshop
  const [adding, setAdding] = useState(false)
  return (
    <>
      <WorkshopStep workshop={workshop} />
      <Section
        title={t('sessions.title')}
        aside={
          status !== 'cancelled' &&
          !adding && (
            <Button variant="default" onClick={() => setAdding(true)}>
              {t('sessions.add')}
            </Button>
          )
        }
      >
        {adding && <NewSession workshop={workshop} onDone={() => setAdding(false)} />}
        {workshop.sessions.length > 0 && <DirectedTickets workshop={workshop} />}
      </Section>
      {status !== 'preparing' && (
        <Section title={t('mails.title')} lead={t('mails.lead')}>
          <div>
            <Button
              component={Link}
              variant="default"
              to="/regions/$regionId/ateliers/$workshopId/envois"
              params={{ regionId: workshop.regionId, workshopId: workshop.id } as never}
            >
              {t('mails.see')}
            </Button>
          </div>
        </Section>
      )}
      {status !== 'cancelled' && (
        <>
          <Section title={t('documents.title')} lead={t('documents.lead')}>
            <div className={classes.buttons}>
              <Button
                component={Link}
                variant="default"
                to="/ateliers/$course/guide"
                params={{ course } as never}
              >
                {t('guide.title')}
              </Button>
              <Button
                component={Link}
                variant="default"
                to="/ateliers/$course/exercices"
                params={{ course } as never}
              >
                {t('exercises.title')}
              </Button>
              <Button
                component={Link}
                variant="default"
                to="/ateliers/$course/page"
                params={{ course } as never}
              >
                {t('page.title')}
              </Button>
            </div>
          </Section>
          <Fold title={t('change.title')}>
            <div className={classes.stack}>
              <WorkshopChange key={workshop.version} workshop={workshop} />
              <Ending workshop={workshop} />
            </div>
          </Fold>
        </>
      )}
    </>
  )
}

/** Thrown away while nobody knows of it, called off afterwards. */
function Ending({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation(['workshops', 'app'])
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = useCall(routes.removeWorkshop)
  const cancel = useCall(routes.cancelWorkshop)
  const { id, regionId, status, version } = workshop
  const params = { workshopId: id }
  const way = status === 'preparing' ? 'remove' : 'cancel'
  function confirm() {
    const settled = { onSettled: () => setAsking(false) }
    if (way === 'cancel') cancel.mutate({ params, body: { version } }, settled)
    else {
      const onSuccess = () =>
        void navigate({ to: '/regions/$regionId/ateliers', params: { regionId } })
      remove.mutate({ params }, { ...settled, onSuccess })
    }
  }
  return (
    <div>
      <Refused error={remove.error ?? cancel.error} />
      <Button variant="default" onClick={() => setAsking(true)}>
        {t(`${way}.button`)}
      </Button>
      <ConfirmDialog
        danger
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={confirm}
        title={t(`${way}.ask`)}
        confirm={t(`${way}.confirm`)}
        cancel={t('notYet')}
        close={t('app:close')}
        busy={remove.isPending || cancel.isPending}
      >
        {t(`${way}.text`)}
      </ConfirmDialog>
    </div>
  )
}
