import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { facilitatorRoutes as routes } from '#shared/workshops/workshops.facilitator.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Fold } from '../../ui/Fold.tsx'
import classes from './Facilitator.module.css'

/** Somebody of the region who came without a seat: a few letters of the name, one press. */
export function WalkIn({ token }: { token: string }) {
  const { t } = useTranslation('workshops')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const long = search.length >= 2
  const found = useQuery({
    ...queryFor(routes.findWalkIn, { params: { token }, query: { search } }),
    enabled: long,
  })
  const add = useCall(routes.addWalkIn)
  return (
    <Fold title={t('walkIn.title')}>
      <div className={classes.stack}>
        <TextInput
          label={t('walkIn.name')}
          description={t('walkIn.hint')}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Refused error={add.error} />
        <div role="status">{long && found.data?.length === 0 && <p>{t('walkIn.nobody')}</p>}</div>
        <ul className={classes.found}>
          {(long ? (found.data ?? []) : []).map(({ personId, name, siteName }) => (
            <li key={personId}>
              <Button
                variant="default"
                fullWidth
                justify="start"
                loading={add.isPending && add.variables.body.personId === personId}
                onClick={() =>
                  add.mutate(
                    { params: { token }, body: { personId } },
                    { onSuccess: () => setTyped('') },
                  )
                }
              >
                {[name, siteName].filter(Boolean).join(' · ')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Fold>
  )
}
