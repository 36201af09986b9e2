import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import classes from './PersonField.module.css'
import type { ChosenPerson } from './roster.person.ts'

/** A handful is read at a glance; more letters narrow it. */
const shown = 6

/** Somebody of the region, found by a few letters of their name. */
export function PersonField({
  regionId,
  label,
  hint,
  person,
  onChange,
}: {
  regionId: string
  label: string
  hint?: string
  person: ChosenPerson | null
  onChange: (person: ChosenPerson | null) => void
}) {
  const { t } = useTranslation('roster')
  const words = useWords()
  const id = useId()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    ...queryFor(rosterRoutes.people, { params: { regionId }, query: { search, limit: shown } }),
    enabled: person === null && search.length >= 2,
  })
  if (person) {
    return (
      <div className={classes.chosen}>
        <p id={id}>
          <span className={classes.label}>{label}</span> {person.name}
        </p>
        <Button
          variant="default"
          size="compact-md"
          aria-describedby={id}
          onClick={() => onChange(null)}
        >
          {t('person.other')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.field}>
      <TextInput
        label={label}
        description={hint}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status">
        {search.length >= 2 && found.data?.people.length === 0 && <p>{t('person.none')}</p>}
        {search.length >= 2 && found.data && found.data.total > shown && (
          <p>{t('person.more', { number: words.count(found.data.total) })}</p>
        )}
      </div>
      <ul className={classes.people} aria-label={t('person.found')}>
        {(search.length >= 2 ? (found.data?.people ?? []) : []).map((one) => {
          const name = `${one.firstName} ${one.lastName}`
          return (
            <li key={one.id}>
              <Button
                variant="default"
                fullWidth
                justify="start"
                onClick={() => onChange({ id: one.id, name })}
              >
                {[name, one.jobTitle, one.siteName].filter(Boolean).join(' · ')}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
