import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { invitationsRoutes as routes } from '#shared/invitations/invitations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Page } from '../../ui/Page.tsx'
import { Sending, type SendingOf } from './Sending.tsx'

/** What was shown is what is sent: it does not change under its reader’s eyes. */
const asShown = { retry: false, refetchOnWindowFocus: false } as const

/** Publish a plan: who is told what, before anything is. */
export function PublicationPage() {
  const { t } = useTranslation('invitations')
  const { dayId, planId } = useParams({ from: '/journees/$dayId/affectations/$planId/publication' })
  const params = { planId }
  const preview = useQuery({
    ...queryFor(routes.publicationPreview, { params }),
    ...asShown,
  })
  const send = useSending(outboxOf(dayId), (body) => call(routes.publish, { params, body }))
  const back = <Link to={`/journees/${dayId}/affectations` as '/'}>{t('publication.back')}</Link>
  return <SendingPage back={back} kind="publication" preview={preview} send={send} />
}

/** Cancel the whole day. */
export function CancelDayPage() {
  const { dayId } = useParams({ from: '/journees/$dayId/annulation' })
  const params = { dayId }
  const preview = useQuery({
    ...queryFor(routes.cancellationPreview, { params }),
    ...asShown,
  })
  const send = useSending(outboxOf(dayId), (body) => call(routes.cancelDay, { params, body }))
  return (
    <SendingPage
      back={<BackToDay dayId={dayId} />}
      kind="cancellation"
      preview={preview}
      send={send}
    />
  )
}

/** Send what was taken back. */
export function HeldPage() {
  const { dayId } = useParams({ from: '/journees/$dayId/envois/en-attente' })
  const params = { dayId }
  const preview = useQuery({
    ...queryFor(routes.heldPreview, { params }),
    ...asShown,
  })
  const send = useSending(outboxOf(dayId), (body) => call(routes.sendHeld, { params, body }))
  return (
    <SendingPage back={<BackToDay dayId={dayId} />} kind="held" preview={preview} send={send} />
  )
}

/** Send what of a workshop was taken back. */
export function WorkshopHeldPage() {
  const { t } = useTranslation('invitations')
  const { regionId, workshopId } = useParams({
    from: '/regions/$regionId/ateliers/$workshopId/envois/en-attente',
  })
  const params = { workshopId }
  const outbox = `/regions/${regionId}/ateliers/${workshopId}/envois`
  const preview = useQuery({
    ...queryFor(routes.workshopHeldPreview, { params }),
    ...asShown,
  })
  const send = useSending(outbox, (body) => call(routes.sendWorkshopHeld, { params, body }))
  const back = <Link to={outbox as '/'}>{t('outbox.back')}</Link>
  return <SendingPage back={back} kind="held" preview={preview} send={send} />
}

/** Ask the silent ones once more, or one of them alone. */
export function NudgePage() {
  const { t } = useTranslation('invitations')
  const { dayId } = useParams({ from: '/journees/$dayId/relance' })
  const { personne } = useSearch({ from: '/journees/$dayId/relance' })
  const input = { params: { dayId }, query: personne ? { subjectId: personne } : {} }
  const preview = useQuery({
    ...queryFor(routes.nudgePreview, input),
    ...asShown,
  })
  const send = useSending(outboxOf(dayId), (body) => call(routes.nudge, { ...input, body }))
  const back = <Link to={`/journees/${dayId}/confirmations` as '/'}>{t('nudge.back')}</Link>
  return <SendingPage back={back} kind="nudge" preview={preview} send={send} />
}

const outboxOf = (dayId: string) => `/journees/${dayId}/envois`

/** Sends, then shows the mails waiting to leave, where they can still be taken back. */
function useSending(outbox: string, work: (body: { fingerprint: string }) => Promise<unknown>) {
  const navigate = useNavigate()
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await navigate({ to: outbox as '/', replace: true })
      await client.invalidateQueries({ queryKey: ['api'] })
    },
  })
}

function SendingPage({
  back,
  kind,
  preview,
  send,
}: {
  back: ReactNode
  kind: SendingOf['kind']
  preview: Parameters<typeof Answered<Parameters<typeof Sending>[0]['preview']>>[0]['query']
  send: SendingOf['send']
}) {
  const { t } = useTranslation('invitations')
  return (
    <Page title={t(`${kind}.title`)} lead={t(`${kind}.lead`)} back={back}>
      <Answered query={preview} shape="cards">
        {(data) => <Sending preview={data} sending={{ kind, send }} />}
      </Answered>
    </Page>
  )
}
