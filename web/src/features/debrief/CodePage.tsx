import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import classes from './Debrief.module.css'
import { readRoomCode } from './debrief.api.ts'

/** For whoever types instead of photographing: six letters and figures, read generously. */
export function CodePage() {
  const { t } = useTranslation('debrief')
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const code = readRoomCode(typed)
  const isCode = /^[0-9A-HJKMNP-TV-Z]{6}$/.test(code)
  return (
    <Page title={t('code.title')} lead={t('code.lead')} width="narrow">
      <form
        className={classes.codeForm}
        onSubmit={(event) => {
          event.preventDefault()
          if (isCode) void navigate({ to: '/debrief/$code', params: { code } })
        }}
      >
        <TextInput
          label={t('code.label')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          size="lg"
        />
        <Button type="submit" size="lg" disabled={!isCode}>
          {t('code.enter')}
        </Button>
      </form>
    </Page>
  )
}
