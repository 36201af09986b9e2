import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Action, actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
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
  return (
    <Page
      title={t('mine.title')}
      kicker={linked.data?.dayName}
      lead={linked.data ? t('mine.hello', { name: linked.data.firstName }) : undefined}
      width="narrow"
    >
      <Answered query={linked} shape="cards">
        {({ actions }) => <Mine actions={actions} voice={byLink(token)} />}
      </Answered>
    </Page>
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
