import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem, queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ActionCard } from './ActionCard.tsx'
import classes from './Actions.module.css'
import { byLink, signedIn, type Voice } from './actions.api.ts'

/** What is mine to decide and to bring on, signed in. */
export function MyActionsPage() {
  const { t } = useTranslation('actions')
  const mine = useQuery(queryFor(routes.mine))
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')} width="narrow">
      <Answered query={mine} shape="cards">
        {(actions) => <Mine actions={actions} voice={signedIn} />}
      </Answered>
    </Page>
  )
}

/** The same from the link of a mail, about one day, without any account. */
export function LinkedActionsPage() {
  const { t } = useTranslation('actions')
  const { token } = useParams({ from: '/mes-actions/$token' })
  const linked = useQuery({ ...queryFor(routes.linked, { params: { token } }), retry: false })
  const [disowned, setDisowned] = useState(false)
  if (disowned) {
    return (
      <Page title={t('disown.done')} width="narrow">
        <Notice tone="success" title={t('disown.doneText')} />
      </Page>
    )
  }
  const code = linked.error instanceof ApiProblem ? linked.error.problem.code : undefined
  if (code === 'holder-left') {
    return (
      <Page title={t('stale.title')} width="narrow">
        <Notice title={t('stale.left')} />
      </Page>
    )
  }
  if (code === 'link-expired' || code === 'link-renewed') {
    return (
      <Page title={t('stale.title')} width="narrow">
        <Notice
          title={t('stale.what')}
          action={
            <Button component={Link} to="/mes-actions">
              {t('mine.title')}
            </Button>
          }
        >
          {t('stale.text')}
        </Notice>
      </Page>
    )
  }
  return (
    <Page
      title={t('mine.title')}
      kicker={linked.data?.dayName}
      lead={linked.data ? t('mine.hello', { name: linked.data.firstName }) : undefined}
      width="narrow"
    >
      <Answered query={linked} shape="cards">
        {({ actions, firstName }) => (
          <>
            <Mine actions={actions} voice={byLink(token)} />
            <Disown token={token} name={firstName} onDone={() => setDisowned(true)} />
          </>
        )}
      </Answered>
    </Page>
  )
}

/** A mail can be sent on: whoever is not meant closes its link. */
function Disown({ token, name, onDone }: { token: string; name: string; onDone: () => void }) {
  const { t } = useTranslation(['actions', 'app'])
  const [asking, setAsking] = useState(false)
  const disown = useCall(routes.disownLink, { refresh: [] })
  return (
    <div>
      <Button variant="subtle" color="ink" onClick={() => setAsking(true)}>
        {t('disown.ask')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => disown.mutate({ params: { token } }, { onSuccess: onDone })}
        title={t('disown.title')}
        confirm={t('disown.confirm')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        busy={disown.isPending}
      >
        <p>{t('disown.text', { name })}</p>
        <Refused error={disown.error} />
      </ConfirmDialog>
    </div>
  )
}

function Mine({ actions, voice }: { actions: Action[]; voice: Voice }) {
  const { t } = useTranslation('actions')
  if (actions.length === 0) {
    return <EmptyState title={t('mine.none')}>{t('mine.noneWhy')}</EmptyState>
  }
  return (
    <ul className={classes.cards}>
      {actions.map((action) => (
        <ActionCard key={action.id} action={action} voice={voice} owned />
      ))}
    </ul>
  )
}
