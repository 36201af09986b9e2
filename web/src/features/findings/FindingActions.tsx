import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Finding,
  type Findings,
  longestReason,
  findingsRoutes as routes,
} from '#shared/findings/findings.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Panel } from '../../ui/Page.tsx'
import { WordingFields } from './WordingFields.tsx'

/** Rewording, withdrawing with a reason, dissolving, bringing back: one at a time. */
export function FindingActions({
  finding,
  irritants,
}: {
  finding: Finding
  irritants: Findings['irritants']
}) {
  const { t } = useTranslation(['findings', 'app'])
  const navigate = useNavigate()
  const client = useQueryClient()
  const [open, setOpen] = useState<'reword' | 'withdraw' | 'dissolve'>()
  const bringBack = useCall(routes.bringBack)
  // What was dissolved must not be asked for again before the page is left.
  const dissolve = useCall(routes.dissolve, { refresh: [] })
  const params = { dayId: finding.dayId, findingId: finding.id }
  const close = () => setOpen(undefined)
  if (open === 'reword') return <Reword finding={finding} irritants={irritants} onClose={close} />
  if (open === 'withdraw') return <Withdraw finding={finding} onClose={close} />
  return (
    <Stack>
      <Refused error={bringBack.error ?? dissolve.error} />
      <Group gap="xs">
        {finding.status === 'open' && (
          <Button
            component={Link}
            to={`/journees/${finding.dayId}/actions?constat=${finding.id}` as '/'}
          >
            {t('act')}
          </Button>
        )}
        <Button variant="default" onClick={() => setOpen('reword')}>
          {t('reword')}
        </Button>
        {finding.status === 'open' ? (
          <Button variant="default" onClick={() => setOpen('withdraw')}>
            {t('withdraw')}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={bringBack.isPending}
            onClick={() => bringBack.mutate({ params })}
          >
            {t('bringBack')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => setOpen('dissolve')}>
          {t('dissolve')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={open === 'dissolve'}
        onClose={close}
        title={t('dissolveAsk')}
        confirm={t('dissolve')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        danger
        busy={dissolve.isPending}
        onConfirm={() =>
          dissolve.mutate(
            { params },
            {
              onSuccess: async () => {
                await navigate({ to: `/journees/${finding.dayId}/constats` as '/' })
                await client.invalidateQueries({ queryKey: ['api', 'days', finding.dayId] })
              },
              onError: close,
            },
          )
        }
      >
        {t('dissolveWhat')}
      </ConfirmDialog>
    </Stack>
  )
}

function Reword({
  finding,
  irritants,
  onClose,
}: {
  finding: Finding
  irritants: Findings['irritants']
  onClose: () => void
}) {
  const { t } = useTranslation(['findings', 'app'])
  const { title, irritantId, note } = finding
  const [wording, setWording] = useState({ title, irritantId, note })
  const client = useQueryClient()
  const reword = useCall(routes.reword)
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          reword.mutate(
            {
              params: { dayId: finding.dayId, findingId: finding.id },
              body: { version: finding.version, ...wording },
            },
            {
              onSuccess: onClose,
              // Shows the other one's words above ours: saving again is then a choice.
              onError: () =>
                void client.invalidateQueries({ queryKey: ['api', 'days', finding.dayId] }),
            },
          )
        }}
      >
        <Stack>
          <WordingFields
            wording={wording}
            irritants={irritants.filter((one) => !one.archived || one.id === irritantId)}
            onChange={setWording}
          />
          <Refused error={reword.error} />
          <Group>
            <Button type="submit" loading={reword.isPending}>
              {t('app:save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}

function Withdraw({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const { t } = useTranslation(['findings', 'app'])
  const [reason, setReason] = useState('')
  const withdraw = useCall(routes.withdraw)
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          withdraw.mutate(
            {
              params: { dayId: finding.dayId, findingId: finding.id },
              body: { version: finding.version, reason },
            },
            { onSuccess: onClose },
          )
        }}
      >
        <Stack>
          <p>{t('withdrawWhat')}</p>
          <TextInput
            label={t('reason')}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={longestReason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Refused error={withdraw.error} />
          <Group>
            <Button type="submit" loading={withdraw.isPending}>
              {t('withdraw')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
