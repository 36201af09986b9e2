import { useTranslation } from 'react-i18next'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'
import { drawingOf } from '../roster/roster.cards.ts'

/** Which role to look at; all of them unless one is chosen. */
export function RolePicker({
  roles,
  value,
  onChange,
}: {
  roles: { id: string; nameFr: string; nameEn: string; drawing: string }[]
  value: string | undefined
  onChange: (roleId: string | undefined) => void
}) {
  const { t } = useTranslation('slots')
  const words = useWords()
  return (
    <Choices
      legend={t('coverage.role')}
      value={value ?? 'all'}
      options={[
        { value: 'all', label: t('coverage.allRoles'), drawing: 'heart' as const },
        ...roles.map((role) => ({
          value: role.id,
          label: words.name(role),
          drawing: drawingOf(role),
        })),
      ]}
      onChange={(chosen) => onChange(chosen === 'all' ? undefined : chosen)}
    />
  )
}
