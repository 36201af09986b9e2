import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Refused } from '../../app/Refused.tsx'
import classes from './Arrivals.module.css'

/** « Je suis là »: the six figures somebody shows, or a room. */
export function CodeForm({
  label,
  description,
  button,
  busy,
  error,
  onSend,
}: {
  label: string
  description: string
  button: string
  busy: boolean
  error: Error | null
  onSend: (code: string) => void
}) {
  const [code, setCode] = useState('')
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim()) onSend(code)
      }}
    >
      <TextInput
        label={label}
        description={description}
        size="xl"
        classNames={{ input: classes.codeInput ?? '' }}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={9}
        required
        withAsterisk={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Refused error={error} />
      <Button type="submit" size="lg" fullWidth loading={busy}>
        {button}
      </Button>
    </form>
  )
}
