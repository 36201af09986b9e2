import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { invitationsRoutes as routes } from '#shared/invitations/invitations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Page } from '../../ui/Page.tsx'
import { Sending, type SendingOf } from './Sending.tsx'

/** Publish a plan: who is told what, before anything is. */
export function PublicationPage() {
  const { dayId, planId } = useParams({ from: '/journees/$dayId/affectations/$planId/publication' })
  const params = { planId }
  const preview = useQuery({
    ...queryFor(routes.publicationPreview, { params }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const send = useSending(dayId, (body) => call(routes.publish, { params, body }))
  return <SendingPage dayId={dayId} kind="publication" preview={preview} send={send} />
}

/** Cancel the whole day. */
export function CancelDayPage() {
  const { dayId } = useParams({ from: '/journees/$dayId/annulation' })
  const params = { dayId }
  const preview = useQuery({
    ...queryFor(routes.cancellationPreview, { params }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const send = useSending(dayId, (body) => call(routes.cancelDay, { params, body }))
  return <SendingPage dayId={dayId} kind="cancellation" preview={preview} send={send} />
}

/** Send what was taken back. */
export function HeldPage() {
  const { dayId } = useParams({ from: '/journees/$dayId/envois/en-attente' })
  const params = { dayId }
  const preview = useQuery({
    ...queryFor(routes.heldPreview, { params }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const send = useSending(dayId, (body) => call(routes.sendHeld, { params, body }))
  return <SendingPage dayId={dayId} kind="held" preview={preview} send={send} />
}

/** Ask the silent ones once more, or one of them alone. */
export function NudgePage() {
  const { dayId } = useParams({ from: '/journees/$dayId/relance' })
  const { personne } = useSearch({ from: '/journees/$dayId/relance' })
  const input = { params: { dayId }, query: personne ? { subjectId: personne } : {} }
  const preview = useQuery({
    ...queryFor(routes.nudgePreview, input),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const send = useSending(dayId, (body) => call(routes.nudge, { ...input, body }))
  return <SendingPage dayId={dayId} kind="nudge" preview={preview} send={send} />
}

/** Sends, then shows the mails waiting to leave, where they can still be taken back. */
function useSending(dayId: string, work: (body: { fingerprint: string }) => Promise<unknown>) {
  const navigate = useNavigate()
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await navigate({ to: '/journees/$dayId/envois', params: { dayId }, replace: true })
      await client.invalidateQueries({ queryKey: ['api'] })
    },
  })
}

function SendingPage({
  dayId,
  kind,
  preview,
  send,
}: {
  dayId: string
  kind: SendingOf['kind']
  preview: Parameters<typeof Answered<Parameters<typeof Sending>[0]['preview']>>[0]['query']
  send: SendingOf['send']
}) {
  const { t } = useTranslation('invitations')
  return (
    <Page
      title={t(`${kind}.title`)}
      lead={t(`${kind}.lead`)}
      back={
        kind === 'publication' ? (
          <Link to={`/journees/${dayId}/affectations` as '/'}>{t('publication.back')}</Link>
        ) : kind === 'nudge' ? (
          <Link to={`/journees/${dayId}/confirmations` as '/'}>{t('nudge.back')}</Link>
        ) : (
          <BackToDay dayId={dayId} />
        )
      }
    >
      <Answered query={preview} shape="cards">
        {(data) => <Sending preview={data} sending={{ kind, send }} />}
      </Answered>
    </Page>
  )
}
