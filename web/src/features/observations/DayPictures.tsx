import { NativeSelect, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moments } from '#shared/observations/observations.contract.ts'
import type { Pictures } from '#shared/observations/observations.pictures.contract.ts'
import { useWords } from '../../app/words.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { EditionsPicture } from './EditionsPicture.tsx'
import { HeatPicture } from './HeatPicture.tsx'
import { JourneyPicture, SeverityPicture, SitesPicture } from './LinePictures.tsx'
import classes from './Observations.module.css'
import {
  amountOf,
  folded,
  isApart,
  type Part,
  type Trait,
  traits,
  within,
} from './observations.pictures.ts'

/** What one may call everything in the pictures. */
export type Names = Record<Trait, readonly { id: string; label: string }[]>

export interface PictureInput {
  dayId: string
  pictures: Pictures
  names: Names
  part: Part
  /** The day and its date. */
  about: string
}

/** The five pictures of a day, through the same filters. */
export function DayPictures({ dayId, pictures }: { dayId: string; pictures: Pictures }) {
  const { t } = useTranslation('observations')
  const words = useWords()
  const [part, setPart] = useState<Part>({})
  const label = (one: { id: string; nameFr: string; nameEn: string }) => ({
    id: one.id,
    label: words.name(one),
  })
  const names: Names = {
    irritantId: pictures.irritants.map(label),
    roleId: pictures.roles.map(label),
    moment: moments.map((id) => ({ id, label: t(`moments.${id}.name`) })),
    siteId: pictures.sites.map(({ id, name }) => ({ id, label: name })),
  }
  const amount = amountOf(within(pictures.groups, part))
  const about = `${pictures.dayName}, ${words.fullDate(pictures.date)}`
  const given = { dayId, pictures, names, part, about }
  // What was opened belongs to the filters it was opened under.
  const key = JSON.stringify(part)
  return (
    <Stack gap="xl">
      <Filters {...given} onChange={setPart} />
      <Figures>
        <Figure value={words.count(amount.count)} label={t('map.total', { count: amount.count })} />
        {amount.count > 0 &&
          (['frequency', 'severity'] as const).map((scale) => (
            <Figure
              key={scale}
              value={t(`${scale}.words.${Math.round(amount[scale])}`)}
              label={t(`map.${scale}`)}
            />
          ))}
      </Figures>
      <p>{t('pictures.folding', { count: pictures.smallestGroup })}</p>
      <HeatPicture key={`heat ${key}`} {...given} />
      <JourneyPicture key={`journey ${key}`} {...given} />
      <SeverityPicture key={`severity ${key}`} {...given} />
      <SitesPicture key={`sites ${key}`} {...given} />
      {pictures.before && <EditionsPicture {...given} before={pictures.before} />}
    </Stack>
  )
}

/** Offers what is crossed and told somewhere, and « others » where something is folded. */
function Filters({
  pictures,
  names,
  part,
  onChange,
}: PictureInput & { onChange: (part: Part) => void }) {
  const { t } = useTranslation('observations')
  return (
    <div className={classes.filters}>
      {traits
        .filter((trait) => !isApart(pictures, trait))
        .map((trait) => {
          const told = new Set(pictures.groups.map((group) => group[trait]))
          const options = names[trait].filter(({ id }) => told.has(id as never))
          return (
            <NativeSelect
              key={trait}
              label={t(`pictures.filter.${trait}`)}
              value={part[trait] ?? ''}
              onChange={({ currentTarget }) => {
                const { [trait]: _, ...rest } = part
                onChange(currentTarget.value ? { ...rest, [trait]: currentTarget.value } : rest)
              }}
              data={[
                { value: '', label: t('pictures.all') },
                ...options.map(({ id, label }) => ({ value: id, label })),
                ...(told.has(null)
                  ? [{ value: folded, label: t(`pictures.others.${trait}`) }]
                  : []),
              ]}
            />
          )
        })}
    </div>
  )
}
