import { MultiSelect, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import type { Audience } from '#shared/programmes/programmes.vocabulary.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'

/** Which groups of a region something is for; the rest of the choice belongs to who asks. */
export function AudienceFields({
  regionId,
  audience,
  onAudience,
  beside,
}: {
  regionId: string
  /** None where the group beside them is chosen. */
  audience: Audience | null
  onAudience: (audience: Audience) => void
  /** One group more, which only who asks knows. */
  beside?: { label: string; hint: string; onChoose: () => void }
}) {
  const { t } = useTranslation('programmes')
  const words = useWords()
  const params = { regionId }
  const sites = useQuery(queryFor(rosterRoutes.sites, { params })).data ?? []
  const roles = useQuery(queryFor(rosterRoutes.roles, { params })).data ?? []
  const days = useQuery(queryFor(daysRoutes.daysOfRegion, { params })).data ?? []
  const siteIds = audience?.siteIds ?? []
  const last = days[0]
  function choose(who: Audience['who'] | 'beside') {
    if (who === 'beside') beside?.onChoose()
    if (who === 'frontline') onAudience({ who, roleIds: [], siteIds })
    if (who === 'everybody') onAudience({ who, siteIds })
    if (who === 'day' && last) onAudience({ who, dayId: last.id, siteIds })
  }
  const options = (['frontline', 'everybody', 'day'] as const).map((value) => ({
    value,
    label: t(`form.${value}`),
    hint: t(`form.${value}Hint`),
    disabled: value === 'day' && !last,
  }))
  return (
    <>
      <Choices
        legend={t('form.who')}
        layout="list"
        options={
          beside
            ? [...options, { value: 'beside', label: beside.label, hint: beside.hint }]
            : options
        }
        value={audience?.who ?? 'beside'}
        onChange={choose}
      />
      {audience?.who === 'day' && (
        <NativeSelect
          label={t('form.whichDay')}
          value={audience.dayId}
          data={days.map(({ id, name, date }) => ({
            value: id,
            label: `${name} · ${words.fullDate(date)}`,
          }))}
          onChange={(event) => onAudience({ ...audience, dayId: event.currentTarget.value })}
        />
      )}
      {audience?.who === 'frontline' && (
        <MultiSelect
          label={t('form.roles')}
          placeholder={audience.roleIds.length === 0 ? t('form.all') : ''}
          data={roles.map((role) => ({ value: role.id, label: words.name(role) }))}
          value={audience.roleIds}
          onChange={(roleIds) => onAudience({ ...audience, roleIds })}
        />
      )}
      {audience && (
        <MultiSelect
          label={t('form.sites')}
          placeholder={siteIds.length === 0 ? t('form.all') : ''}
          searchable
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          value={siteIds}
          onChange={(chosen) => onAudience({ ...audience, siteIds: chosen })}
        />
      )}
    </>
  )
}
