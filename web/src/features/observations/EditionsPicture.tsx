import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pictures } from '#shared/observations/observations.pictures.contract.ts'
import { useWords } from '../../app/words.ts'
import { BarLines } from '../../ui/BarLines.tsx'
import type { PictureInput } from './DayPictures.tsx'
import { amountOf, editionsOf, type Line, mayHoldMore } from './observations.pictures.ts'
import { type Opened, PictureFrame } from './PictureFrame.tsx'

/** What weighs more, and what less, than in the region’s edition before; without filters. */
export function EditionsPicture({
  dayId,
  pictures,
  names,
  about,
  before,
}: PictureInput & { before: NonNullable<Pictures['before']> }) {
  const { t } = useTranslation('observations')
  const words = useWords()
  const [opened, setOpened] = useState<Opened>()
  const { groups } = pictures
  const others = t('pictures.others.irritantId')
  const lines = editionsOf({ groups, before }, names.irritantId, others)
  const folds = before.irritants.some(({ irritantId }) => irritantId === null)
  const shareOf = (line: (typeof lines)[number]) =>
    line.count === 0 && mayHoldMore(groups, { irritantId: line.id })
      ? '…'
      : words.percent(line.share)
  const shareBeforeOf = (line: (typeof lines)[number]) =>
    line.countBefore === 0 && folds ? '…' : words.percent(line.shareBefore)
  const open = (line: Line) => {
    if (line.count > 0) setOpened({ id: line.id, part: { irritantId: line.id }, line })
  }
  const lineOf = (id: string) => lines.find((line) => line.id === id)!
  return (
    <PictureFrame
      dayId={dayId}
      title={t('pictures.editions.title')}
      lead={t('pictures.editions.lead', {
        day: pictures.dayName,
        before: before.dayName,
      })}
      lines={lines}
      columns={[
        { name: t('pictures.editions.now'), of: (line) => shareOf(lineOf(line.id)) },
        { name: t('pictures.editions.before'), of: (line) => shareBeforeOf(lineOf(line.id)) },
      ]}
      opened={opened}
      onOpen={open}
      about={about}
      count={amountOf(groups).count}
    >
      <BarLines
        label={t('pictures.seeFigures', { title: t('pictures.editions.title') })}
        lines={lines.map((line) => ({
          id: line.id,
          label: line.label,
          value: line.share,
          shown: shareOf(line),
          before: { value: line.shareBefore, shown: shareBeforeOf(line) },
        }))}
        opened={opened?.id}
        onOpen={(id) => open(lineOf(id))}
      />
      <Button
        component={Link}
        variant="default"
        to="/journees/$dayId/irritants"
        params={{ dayId: before.dayId } as never}
      >
        {t('pictures.editions.read', { before: before.dayName })}
      </Button>
    </PictureFrame>
  )
}
