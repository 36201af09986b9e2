import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { workshopLinksRoutes as routes } from '#shared/workshops/workshops.links.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import classes from './LinkedWorkshop.module.css'

/** « Je suis là »: the six figures shown in the room. */
export function ArriveByCode({ token }: { token: string }) {
  const { t } = useTranslation('workshops')
  const [code, setCode] = useState('')
  const arrive = useCall(routes.arriveAtWorkshop)
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim()) arrive.mutate({ params: { token }, body: { code } })
      }}
    >
      <TextInput
        label={t('arrive.code')}
        description={t('arrive.hint')}
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
      <Refused error={arrive.error} />
      <Button type="submit" size="lg" fullWidth loading={arrive.isPending}>
        {t('arrive.here')}
      </Button>
    </form>
  )
}
