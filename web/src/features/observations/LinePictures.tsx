import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../app/words.ts'
import { BarLines } from '../../ui/BarLines.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { HeartBubbles } from '../../ui/HeartBubbles.tsx'
import { StopsPath } from '../../ui/StopsPath.tsx'
import type { PictureInput } from './DayPictures.tsx'
import {
  amountOf,
  folded,
  isApart,
  type Line,
  linesOf,
  mayHoldMore,
  type Trait,
  tableOf,
  within,
} from './observations.pictures.ts'
import { type Opened, PictureFrame } from './PictureFrame.tsx'

/** The lines of a picture, and what is opened in it. */
function useLines({ pictures, names, part }: PictureInput, trait: Trait) {
  const { t } = useTranslation('observations')
  const [opened, setOpened] = useState<Opened>()
  const table = tableOf(pictures, trait)
  const lines = linesOf(
    within(table, part),
    trait,
    names[trait],
    t(`pictures.others.${trait}`),
  ).filter(({ id, count }) => count > 0 || (trait === 'moment' && id !== folded))
  const open = (line: Line) => setOpened({ id: line.id, part: { ...part, [trait]: line.id }, line })
  const openId = (id: string) => {
    const line = lines.find((one) => one.id === id)
    if (line && line.count > 0) open(line)
  }
  const isVeiled = (line: Line) =>
    line.count === 0 && mayHoldMore(table, { ...part, [trait]: line.id })
  return { lines, opened, open, openId, isVeiled }
}

/** The words of the two scales, as columns of a table. */
function useScales() {
  const { t } = useTranslation('observations')
  return (['frequency', 'severity'] as const).map((scale) => ({
    name: t(`pictures.scale.${scale}`),
    of: (line: Line) => (line.count === 0 ? '' : t(`${scale}.words.${Math.round(line[scale])}`)),
  }))
}

/** Whether a picture is told by itself, and whether filters take it away. */
const aloneIn = ({ pictures, part }: PictureInput, trait: Trait) =>
  isApart(pictures, trait) && (Object.keys(part).length > 0 ? 'hidden' : 'shown')

/** Where on the customer’s journey. */
export function JourneyPicture(input: PictureInput) {
  const { t } = useTranslation('observations')
  const words = useWords()
  const scales = useScales()
  const { lines, opened, open, openId, isVeiled } = useLines(input, 'moment')
  return (
    <PictureFrame
      dayId={input.dayId}
      title={t('pictures.journey.title')}
      lead={t('pictures.journey.lead')}
      lines={lines}
      columns={scales}
      opened={opened}
      onOpen={open}
      about={input.about}
      count={amountOf(lines).count}
      alone={aloneIn(input, 'moment')}
    >
      <StopsPath
        label={t('pictures.seeFigures', { title: t('pictures.journey.title') })}
        stops={lines.map((line) => ({
          id: line.id,
          label: line.label,
          value: line.count,
          muted: line.id === folded,
          shown: line.count === 0 ? (isVeiled(line) ? '…' : '·') : words.count(line.count),
        }))}
        opened={opened?.id}
        onOpen={openId}
      />
    </PictureFrame>
  )
}

/**
 * Means lie close together: the picture shows the part of the scale where they are, as 1 to 5. It is
 * one word wide at least, so that means which hardly differ stay side by side.
 */
function spreadOf(lines: readonly Line[], scale: 'frequency' | 'severity') {
  const means = lines.map((line) => line[scale])
  const [least, most] = [Math.min(...means), Math.max(...means)]
  const wide = Math.max(1, most - least)
  return (mean: number) => 3 + (4 * (mean - (least + most) / 2)) / wide
}

/** How annoying against how often, a heart an irritant. */
export function SeverityPicture(input: PictureInput) {
  const { t } = useTranslation('observations')
  const scales = useScales()
  const { lines, opened, open, openId } = useLines(input, 'irritantId')
  const place = { frequency: spreadOf(lines, 'frequency'), severity: spreadOf(lines, 'severity') }
  return (
    <PictureFrame
      dayId={input.dayId}
      title={t('pictures.severity.title')}
      lead={t('pictures.severity.lead')}
      lines={lines}
      columns={scales}
      opened={opened}
      onOpen={open}
      about={input.about}
      count={amountOf(lines).count}
    >
      <HeartBubbles
        label={t('pictures.seeFigures', { title: t('pictures.severity.title') })}
        across={[t('pictures.severity.less.frequency'), t('pictures.severity.more.frequency')]}
        up={[t('pictures.severity.less.severity'), t('pictures.severity.more.severity')]}
        spots={lines.map((line) => ({
          id: line.id,
          label: line.label,
          across: place.frequency(line.frequency),
          up: place.severity(line.severity),
          weight: line.count,
        }))}
        opened={opened?.id}
        onOpen={openId}
      />
    </PictureFrame>
  )
}

/** Where it was seen, the most first; sites too small to tell stand together at the end. */
export function SitesPicture(input: PictureInput) {
  const { t } = useTranslation('observations')
  const words = useWords()
  const scales = useScales()
  const { lines, opened, open, openId } = useLines(input, 'siteId')
  const last = ({ id }: Line) => Number(id === folded)
  const alone = aloneIn(input, 'siteId')
  // Words recognised in the heat map would tell who lived that role at that site.
  const opens = alone ? {} : { onOpen: open }
  const sorted = lines.toSorted((a, b) => last(a) - last(b) || b.count - a.count)
  return (
    <PictureFrame
      dayId={input.dayId}
      title={t('pictures.sites.title')}
      lead={t('pictures.sites.lead')}
      lines={sorted}
      columns={alone ? [] : scales}
      opened={opened}
      {...opens}
      about={input.about}
      count={amountOf(lines).count}
      alone={alone}
    >
      {sorted.length === 0 ? (
        <EmptyState title={t('pictures.nothing')}>{t('pictures.nothingWhy')}</EmptyState>
      ) : (
        <BarLines
          label={t('pictures.seeFigures', { title: t('pictures.sites.title') })}
          lines={sorted.map((line) => ({
            id: line.id,
            label: line.label,
            value: line.count,
            muted: line.id === folded,
            shown: words.count(line.count),
          }))}
          opened={opened?.id}
          {...(alone ? {} : { onOpen: openId })}
        />
      )}
    </PictureFrame>
  )
}
