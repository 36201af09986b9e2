import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Action,
  type ActionsOfDay,
  actionsRoutes as routes,
} from '#shared/actions/actions.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Refused } from '../../app/Refused.tsx'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ActionCard } from './ActionCard.tsx'
import classes from './Actions.module.css'
import { signedIn } from './actions.api.ts'
import { PlanForm } from './PlanForm.tsx'

/** The director’s plan: findings that wait for an answer, and what is done about the others. */
export function ActionsPage() {
  const { t } = useTranslation('actions')
  const { dayId } = useParams({ from: '/journees/$dayId/actions' })
  const actions = useQuery(queryFor(routes.actions, { params: { dayId } }))
  return (
    <Page
      title={t('title')}
      kicker={actions.data?.dayName}
      lead={t('lead')}
      back={
        <span className={classes.ways}>
          <BackToDay dayId={dayId} />
          <Link to={`/journees/${dayId}/debrief` as '/'}>{t('backToDebrief')}</Link>
        </span>
      }
      action={
        <Button variant="default" component={Link} to={`/journees/${dayId}/ce-qui-a-change` as '/'}>
          {t('changes.open')}
        </Button>
      }
    >
      <Answered query={actions} shape="cards">
        {(data) => <Plan dayId={dayId} data={data} />}
      </Answered>
    </Page>
  )
}

function Plan({ dayId, data }: { dayId: string; data: ActionsOfDay }) {
  const { t } = useTranslation('actions')
  const navigate = useNavigate()
  const { constat } = useSearch({ from: '/journees/$dayId/actions' })
  const [isNew, setNew] = useState(false)
  const waiting = data.findings.filter(({ actionCount }) => actionCount === 0)
  const orphans = data.actions.filter(
    ({ owner, status }) =>
      (owner === null || owner.left) && (status === 'to-decide' || status === 'under-way'),
  )
  const close = () => {
    setNew(false)
    void navigate({ to: '/journees/$dayId/actions', params: { dayId }, search: {} })
  }
  if (isNew || constat) {
    return (
      <Section title={t('plan.new')}>
        <PlanForm
          key={constat ?? ''}
          dayId={dayId}
          data={data}
          findingIds={data.findings.filter(({ id }) => id === constat).map(({ id }) => id)}
          onDone={close}
        />
      </Section>
    )
  }
  return (
    <Stack gap="xl">
      {orphans.length > 0 && (
        <Notice tone="warn" title={t('orphans', { count: orphans.length })}>
          {t('orphansWhat', { count: orphans.length })}
        </Notice>
      )}
      {waiting.length > 0 && (
        <Section title={t('waiting')} lead={t('waitingLead')}>
          <ul className={classes.waiting}>
            {waiting.map((finding) => (
              <li key={finding.id}>
                <div>
                  <p className={classes.what}>{finding.title}</p>
                  <p className={classes.quiet}>
                    {t('seen', { count: finding.observationCount })}
                    {finding.hearts !== null && (
                      <span className={classes.hearts}>
                        {` · ${t('hearts', { count: finding.hearts })} `}
                        <Pip size={14} />
                      </span>
                    )}
                  </p>
                </div>
                <Button
                  variant="default"
                  aria-label={t('actOn', { title: finding.title })}
                  renderRoot={(props) => (
                    <Link
                      to="/journees/$dayId/actions"
                      params={{ dayId }}
                      search={{ constat: finding.id }}
                      {...props}
                    />
                  )}
                >
                  {t('act')}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section
        title={t('list')}
        aside={
          <Button variant="default" onClick={() => setNew(true)}>
            {t('plan.new')}
          </Button>
        }
      >
        {data.actions.length === 0 ? (
          <EmptyState level={3} title={t('empty')}>
            {t('emptyWhy')}
          </EmptyState>
        ) : (
          <ul className={classes.cards}>
            {data.actions.map((action) => (
              <Planned key={action.id} dayId={dayId} data={data} action={action} />
            ))}
          </ul>
        )}
      </Section>
    </Stack>
  )
}

/** An action with what only a director may do with it. */
function Planned({ dayId, data, action }: { dayId: string; data: ActionsOfDay; action: Action }) {
  const { t } = useTranslation('actions')
  const [isEdited, setEdited] = useState(false)
  const remove = useCall(routes.remove)
  if (isEdited) {
    return (
      <li>
        <PlanForm dayId={dayId} data={data} action={action} onDone={() => setEdited(false)} />
      </li>
    )
  }
  return (
    <ActionCard action={action} voice={signedIn}>
      <Button variant="subtle" color="ink" onClick={() => setEdited(true)}>
        {t(action.owner && !action.owner.left ? 'plan.change' : 'plan.give')}
      </Button>
      {action.status === 'to-decide' && action.notes.length === 0 && (
        <Button
          variant="subtle"
          color="ink"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { dayId, actionId: action.id } })}
        >
          {t('plan.remove')}
        </Button>
      )}
      <Refused error={remove.error} />
    </ActionCard>
  )
}
