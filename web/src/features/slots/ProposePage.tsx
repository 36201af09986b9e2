import { Button, Checkbox, NumberInput, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Coverage, type ProposalInput, slotsRoutes } from '#shared/slots/slots.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, queryFor, useCall } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { MailPreview } from '../days/MailPreview.tsx'
import classes from './Slots.module.css'

/** Ask hosts in bulk: which roles, which period, how many per site; read, then sent. */
export function ProposePage() {
  const { t } = useTranslation('slots')
  const { dayId } = useParams({ from: '/journees/$dayId/proposer' })
  const query = useQuery(queryFor(slotsRoutes.coverage, { params: { dayId } }))
  return (
    <Page
      width="narrow"
      title={t('propose.title')}
      lead={t('propose.lead')}
      back={<BackToDay dayId={dayId} />}
    >
      <Answered query={query} shape="lines">
        {(data) => <ProposeForm dayId={dayId} data={data} />}
      </Answered>
    </Page>
  )
}

function ProposeForm({ dayId, data }: { dayId: string; data: Coverage }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const [input, setInput] = useState<ProposalInput>({
    periodId: data.periods[0]?.id ?? '',
    roleIds: data.roles.map(({ id }) => id),
    siteIds: [],
    capacity: 1,
    perSite: 2,
  })
  const set = (changes: Partial<ProposalInput>) => setInput({ ...input, ...changes })
  const preview = useMutation({
    mutationFn: () => call(slotsRoutes.proposalPreview, { params: { dayId }, body: input }),
  })
  const toggled = (list: string[], id: string, on: boolean) =>
    on ? [...list, id] : list.filter((one) => one !== id)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        preview.mutate()
      }}
    >
      <Stack gap="lg">
        <Choices
          layout="list"
          legend={t('form.period')}
          value={input.periodId}
          options={data.periods.map((one) => ({
            value: one.id,
            label: words.name(one),
            hint: words.clock(one),
          }))}
          onChange={(periodId) => set({ periodId })}
        />
        <fieldset className={classes.ticks}>
          <legend className={classes.legend}>{t('propose.roles')}</legend>
          {data.roles.map((role) => (
            <Checkbox
              key={role.id}
              label={words.name(role)}
              checked={input.roleIds.includes(role.id)}
              onChange={(event) =>
                set({ roleIds: toggled(input.roleIds, role.id, event.currentTarget.checked) })
              }
            />
          ))}
        </fieldset>
        <div className={classes.pair}>
          <NumberInput
            label={t('propose.perSite')}
            min={1}
            max={50}
            allowDecimal={false}
            value={input.perSite}
            onChange={(value) => set({ perSite: Number(value) || 1 })}
          />
          <NumberInput
            label={t('propose.capacity')}
            min={1}
            max={12}
            allowDecimal={false}
            value={input.capacity}
            onChange={(value) => set({ capacity: Number(value) || 1 })}
          />
        </div>
        <Fold
          title={
            input.siteIds.length === 0
              ? t('propose.allSites', { count: data.sites.length })
              : t('propose.someSites', { count: input.siteIds.length })
          }
        >
          <div className={classes.ticks}>
            {data.sites.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={input.siteIds.includes(id)}
                onChange={(event) =>
                  set({ siteIds: toggled(input.siteIds, id, event.currentTarget.checked) })
                }
              />
            ))}
          </div>
        </Fold>
        <Refused error={preview.error} />
        <div>
          <Button
            type="submit"
            size="lg"
            loading={preview.isPending}
            disabled={input.roleIds.length === 0}
          >
            {t('propose.preview')}
          </Button>
        </div>
      </Stack>
      {preview.data && (
        <Confirm
          dayId={dayId}
          input={input}
          preview={preview.data}
          onClose={() => preview.reset()}
        />
      )}
    </form>
  )
}

function Confirm({
  dayId,
  input,
  preview,
  onClose,
}: {
  dayId: string
  input: ProposalInput
  preview: Awaited<ReturnType<typeof call<typeof slotsRoutes.proposalPreview>>>
  onClose: () => void
}) {
  const { t } = useTranslation(['slots', 'app'])
  const words = useWords()
  const navigate = useNavigate()
  const propose = useCall(slotsRoutes.propose)
  const number = words.count(preview.slots)
  return (
    <ConfirmDialog
      opened
      size="xl"
      onClose={onClose}
      title={t('propose.confirmTitle', { count: preview.slots, number })}
      confirm={t('propose.send', { count: preview.byMail, number: words.count(preview.byMail) })}
      cancel={t('propose.notYet')}
      close={t('app:close')}
      busy={propose.isPending}
      onConfirm={() => {
        if (preview.slots === 0) return onClose()
        propose.mutate(
          { params: { dayId }, body: { ...input, slots: preview.slots } },
          { onSuccess: () => navigate({ to: '/journees/$dayId', params: { dayId } }) },
        )
      }}
    >
      <Stack>
        {preview.slots === 0 ? (
          <Notice title={t('propose.nobody')}>{t('propose.nobodyWhy')}</Notice>
        ) : (
          <p>
            {t('propose.summary', {
              sites: preview.sites.length,
              mail: words.count(preview.byMail),
              card: words.count(preview.byCard),
            })}
          </p>
        )}
        {preview.busy > 0 && (
          <p className={classes.soft}>{t('propose.busy', { count: preview.busy })}</p>
        )}
        {preview.mail && <MailPreview mail={preview.mail} />}
        <Refused error={propose.error} />
      </Stack>
    </ConfirmDialog>
  )
}
