import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Desk, Tally } from '#shared/debrief/debrief.contract.ts'
import { type Moment, moments } from '#shared/observations/observations.contract.ts'
import { useWords } from '../../app/words.ts'
import { Chips } from '../../ui/Chips.tsx'

export interface CardChoice {
  irritantId?: string
  roleId?: string
  moment?: Moment
}

/** What to read first: a press narrows the pile, another lets it all back. */
export function CardChips({
  desk,
  tally,
  choice,
  onChange,
}: {
  desk: Desk
  tally: Tally
  choice: CardChoice
  onChange: (choice: CardChoice) => void
}) {
  const { t } = useTranslation(['debrief', 'observations'])
  const words = useWords()
  const labels = {
    irritantId: desk.irritants.map((one) => ({ id: one.id, label: words.name(one) })),
    roleId: desk.roles.map((one) => ({ id: one.id, label: words.name(one) })),
    moment: moments.map((id) => ({ id, label: t(`observations:moments.${id}.name`) })),
  }
  function choose(trait: keyof CardChoice, id: string | undefined) {
    const others: CardChoice = { ...choice }
    delete others[trait]
    // Crossed, a role and a moment would tell of fewer than five.
    if (id && trait === 'roleId') delete others.moment
    if (id && trait === 'moment') delete others.roleId
    onChange(id ? { ...others, [trait]: id } : others)
  }
  return (
    <Stack gap="xs">
      {(['irritantId', 'roleId', 'moment'] as const).map((trait) => (
        <Chips
          key={trait}
          label={t(`debrief:shelf.by.${trait}`)}
          options={labels[trait].flatMap(({ id, label }) => {
            const count = tally[trait].find((one) => one.id === id)?.count
            return count ? [{ id, label, count }] : []
          })}
          chosen={choice[trait]}
          onChoose={(id) => choose(trait, id)}
        />
      ))}
    </Stack>
  )
}
