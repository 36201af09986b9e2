import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Page, Panel } from '../../ui/Page.tsx'

/** Where somebody without mail types the code of their printed card. */
export function CardCodePage() {
  const { t } = useTranslation('slots')
  const [code, setCode] = useState('')
  const navigate = useNavigate()
  const open = useMutation({
    mutationFn: () => call(slotsRoutes.card, { body: { code } }),
    onSuccess: ({ token }) => navigate({ to: '/creneau/$token', params: { token } }),
  })
  return (
    <Page title={t('code.title')} lead={t('code.lead')} width="narrow">
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            open.mutate()
          }}
        >
          <Stack>
            <TextInput
              required
              withAsterisk={false}
              label={t('code.label')}
              description={t('code.hint')}
              size="lg"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              minLength={8}
              maxLength={12}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
            />
            <Refused error={open.error} />
            <Button type="submit" size="lg" loading={open.isPending}>
              {t('code.open')}
            </Button>
          </Stack>
        </form>
      </Panel>
    </Page>
  )
}
