import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { queryFor } from '../../app/api.ts'
import classes from './Actions.module.css'

export interface Owner {
  id: string
  name: string
}

/** A handful is read at a glance; more letters narrow it. */
const shown = 6

/** Who carries an action: somebody of the region, found by a few letters of their name. */
export function OwnerField({
  regionId,
  owner,
  onChange,
}: {
  regionId: string
  owner: Owner | null
  onChange: (owner: Owner | null) => void
}) {
  const { t } = useTranslation('actions')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    ...queryFor(rosterRoutes.people, { params: { regionId }, query: { search, limit: shown } }),
    enabled: owner === null && search.length >= 2,
  })
  if (owner) {
    return (
      <div className={classes.chosen}>
        <p>
          <span className={classes.fieldLabel}>{t('owner.label')}</span> {owner.name}
        </p>
        <Button variant="default" size="compact-md" onClick={() => onChange(null)}>
          {t('owner.other')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.ownerField}>
      <TextInput
        label={t('owner.label')}
        description={t('owner.hint')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status">
        {search.length >= 2 && found.data?.people.length === 0 && <p>{t('owner.none')}</p>}
      </div>
      <ul className={classes.people} aria-label={t('owner.found')}>
        {(search.length >= 2 ? (found.data?.people ?? []) : []).map((person) => {
          const name = `${person.firstName} ${person.lastName}`
          return (
            <li key={person.id}>
              <Button
                variant="default"
                fullWidth
                justify="start"
                onClick={() => onChange({ id: person.id, name })}
              >
                {[name, person.jobTitle, person.siteName].filter(Boolean).join(' · ')}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
