import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { programmeLinksRoutes as routes } from '#shared/programmes/programmes.links.contract.ts'
import { ApiProblem, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'

const pages = {
  'link-renewed': 'renewed',
  'programme-ended': 'ended',
  'not-found': 'unknown',
} as const

type Gone = (typeof pages)[keyof typeof pages]

/** Which page a link that leads nowhere any more has; undefined where it is something else. */
export function goneBy(error: Error | null): Gone | undefined {
  const code = error instanceof ApiProblem ? error.problem.code : undefined
  return Object.entries(pages).find(([one]) => one === code)?.[1]
}

/** A former link, one of a programme that is over, or none of ours. */
export function GoneLink({
  gone,
  kind,
  token,
}: {
  gone: Gone
  kind: 'reminder' | 'programme'
  token: string
}) {
  const { t } = useTranslation('programmes')
  return (
    <Page title={t('link.title')} width="narrow">
      {gone === 'renewed' ? (
        <Renewed kind={kind} token={token} />
      ) : (
        <EmptyState title={t(`gone.${gone}`)}>{t(`gone.${gone}Text`)}</EmptyState>
      )}
    </Page>
  )
}

/** The link that counts goes to its person’s mailbox and nowhere else, whoever asks. */
function Renewed({ kind, token }: { kind: 'reminder' | 'programme'; token: string }) {
  const { t } = useTranslation('programmes')
  const ofReminder = useCall(routes.reminderAgain, { refresh: [] })
  const ofProgramme = useCall(routes.programmeAgain, { refresh: [] })
  const again = kind === 'reminder' ? ofReminder : ofProgramme
  if (again.data) {
    const done = again.data.mailed ? 'mailed' : 'notMailed'
    return (
      <Notice tone={again.data.mailed ? 'success' : 'warn'} title={t(`gone.${done}`)}>
        {t(`gone.${done}Text`)}
      </Notice>
    )
  }
  return (
    <EmptyState
      title={t('gone.renewed')}
      action={
        <Button loading={again.isPending} onClick={() => again.mutate({ params: { token } })}>
          {t('gone.again')}
        </Button>
      }
    >
      {t('gone.renewedText')}
      <Refused error={again.error} />
    </EmptyState>
  )
}
