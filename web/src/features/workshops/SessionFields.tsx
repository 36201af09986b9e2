import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { contentLanguages } from '#shared/vocabulary/content-language.ts'
import { fewestSeats, mostSeats } from '#shared/workshops/workshops.vocabulary.ts'
import { queryFor } from '../../app/api.ts'
import { ownName } from '../kits/kits.lines.ts'
import { PersonField } from '../roster/PersonField.tsx'
import classes from './SessionFields.module.css'
import { minutesAfter, minutesBetween } from './workshops.dates.ts'
import type { SessionDraft } from './workshops.drafts.ts'

/** When, where, with whom and for how many; the day itself is chosen elsewhere. */
export function SessionFields({
  regionId,
  session,
  onChange,
}: {
  regionId: string
  session: SessionDraft
  onChange: (session: SessionDraft) => void
}) {
  const { t } = useTranslation('workshops')
  const sites = useQuery(queryFor(rosterRoutes.sites, { params: { regionId } })).data ?? []
  const { siteId, place, seats, startsAt, endsAt, language, facilitator } = session
  const set = (changes: Partial<SessionDraft>) => onChange({ ...session, ...changes })
  return (
    <div className={classes.fields}>
      <div className={classes.row}>
        <TextInput
          type="time"
          label={t('fields.from')}
          value={startsAt}
          onChange={({ currentTarget: { value } }) => {
            const length = Math.max(30, minutesBetween(startsAt, endsAt) || 60)
            if (value) set({ startsAt: value, endsAt: minutesAfter(value, length) })
          }}
        />
        <TextInput
          type="time"
          label={t('fields.to')}
          value={endsAt}
          error={startsAt < endsAt ? undefined : t('missing.hours')}
          onChange={({ currentTarget: { value } }) => value && set({ endsAt: value })}
        />
        <NumberInput
          label={t('fields.seats')}
          min={fewestSeats}
          max={mostSeats}
          clampBehavior="strict"
          allowDecimal={false}
          value={seats}
          onChange={(value) => typeof value === 'number' && set({ seats: value })}
        />
        <NativeSelect
          label={t('fields.language')}
          value={language}
          data={contentLanguages.map((code) => ({ value: code, label: ownName(code) }))}
          onChange={({ currentTarget: { value } }) =>
            set({ language: contentLanguages.find((code) => code === value) ?? language })
          }
        />
      </div>
      <div className={classes.row}>
        <NativeSelect
          label={t('fields.site')}
          value={siteId ?? ''}
          data={[
            { value: '', label: t('fields.elsewhere') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => set({ siteId: value || null })}
        />
        <TextInput
          label={siteId ? t('fields.room') : t('fields.address')}
          maxLength={120}
          value={place}
          onChange={({ currentTarget: { value } }) => set({ place: value })}
        />
      </div>
      <PersonField
        regionId={regionId}
        label={t('fields.facilitator')}
        hint={t('fields.facilitatorHint')}
        person={facilitator}
        onChange={(chosen) => set({ facilitator: chosen })}
      />
    </div>
  )
}
