import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { irritantsRoutes } from '#shared/days/days.irritants.contract.ts'
import { picturesRoutes } from '#shared/observations/observations.pictures.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { useSpotting } from '../observations/observations.spotting.ts'
import classes from './Editor.module.css'
import { nobody } from './LineField.tsx'

const atFirst = 6

/** What was observed about the irritant, names masked: to be inspired by, never to be copied. */
export function Verbatims({ regionId, irritantId }: { regionId: string; irritantId: string }) {
  const { t } = useTranslation('reminders')
  const words = useWords()
  const days = useQuery(queryFor(daysRoutes.daysOfRegion, { params: { regionId } }))
  const irritants = useQuery(queryFor(irritantsRoutes.irritants, { params: { regionId } }))
  const [chosen, setChosen] = useState('')
  const dayId = chosen || days.data?.[0]?.id
  return (
    <aside className={classes.verbatims} aria-label={t('verbatims.title')}>
      <h2>{words.nameIn(irritants.data ?? [], irritantId)}</h2>
      <p className={classes.quiet}>{t('verbatims.lead')}</p>
      {days.data && days.data.length > 1 && (
        <NativeSelect
          label={t('verbatims.day')}
          value={dayId}
          data={days.data.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      {days.data?.length === 0 && <p>{t('verbatims.none')}</p>}
      {dayId && <OfDay key={dayId} dayId={dayId} irritantId={irritantId} />}
    </aside>
  )
}

function OfDay({ dayId, irritantId }: { dayId: string; irritantId: string }) {
  const { t } = useTranslation('reminders')
  const spotting = useSpotting(nobody, true)
  const [all, setAll] = useState(false)
  const told = useQuery(
    queryFor(picturesRoutes.verbatims, { params: { dayId }, query: { irritantId } }),
  )
  return (
    <Answered query={told}>
      {({ verbatims }) => {
        const texts = verbatims.flatMap(({ situation, idea }) => [situation, idea]).filter(Boolean)
        if (texts.length === 0 || !spotting) return <p>{t('verbatims.none')}</p>
        return (
          <>
            <ul className={classes.quotes}>
              {[...new Set(texts)].slice(0, all ? undefined : atFirst).map((text) => (
                <li key={text}>{spotting.maskAll(text)}</li>
              ))}
            </ul>
            {!all && texts.length > atFirst && (
              <Button variant="subtle" onClick={() => setAll(true)}>
                {t('verbatims.more')}
              </Button>
            )}
          </>
        )
      }}
    </Answered>
  )
}
