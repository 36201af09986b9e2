import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HeatMap } from '../../ui/HeatMap.tsx'
import type { PictureInput } from './DayPictures.tsx'
import { amountOf, linesOf, mayHoldMore, within } from './observations.pictures.ts'
import { type Opened, PictureFrame } from './PictureFrame.tsx'

/** Irritant by role, for the last row of the room. */
export function HeatPicture({ dayId, pictures, names, part, about }: PictureInput) {
  const { t } = useTranslation('observations')
  const [opened, setOpened] = useState<Opened>()
  const shown = within(pictures.groups, part)
  const rows = linesOf(shown, 'irritantId', names.irritantId, t('pictures.others.irritantId'))
  const columns = linesOf(shown, 'roleId', names.roleId, t('pictures.others.roleId'))
  const partOf = (row: string, column: string) => ({ ...part, irritantId: row, roleId: column })
  // A filter on irritant or role keeps its own row or column alone.
  const kept = (id: string, asked: string | undefined) => asked === undefined || asked === id
  const cellOf = (row: string, column: string) =>
    amountOf(within(shown, { irritantId: row, roleId: column }))
  const veiled = (row: string, column: string) => mayHoldMore(pictures.groups, partOf(row, column))
  const open = (row: string, column: string) => {
    const label = [rows, columns]
      .map((lines, place) => lines.find(({ id }) => id === [row, column][place])?.label)
      .join(' · ')
    const id = `${row} ${column}`
    setOpened({ id, part: partOf(row, column), line: { id, label, ...cellOf(row, column) } })
  }
  const [row, column] = opened?.id.split(' ') ?? []
  return (
    <PictureFrame
      dayId={dayId}
      title={t('map.caption')}
      lead={t('map.tap')}
      lines={[]}
      opened={opened}
      about={about}
      legend={t('pictures.folding', { count: pictures.smallestGroup })}
      count={amountOf(shown).count}
    >
      <HeatMap
        caption={t('map.caption')}
        isTitled
        corner={t('map.corner')}
        rows={rows.filter(({ id }) => kept(id, part.irritantId))}
        columns={columns.filter(({ id }) => kept(id, part.roleId))}
        value={(one, other) => cellOf(one, other).count}
        veiled={veiled}
        describe={(one, other, count) =>
          count === 0 && veiled(one, other) ? t('pictures.veiled') : t('map.said', { count })
        }
        onOpen={open}
        {...(row && column ? { opened: { row, column } } : {})}
      />
    </PictureFrame>
  )
}
