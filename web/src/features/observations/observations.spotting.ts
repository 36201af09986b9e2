import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NameFilter } from '#shared/observations/observations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { Spotting, spottingFor } from './names/names.spotting.ts'

const triedAgainAfterMs = 3_000

/**
 * What finds names in a text; undefined until its lists are here.
 * @param isSoon false while nothing can be written yet: the lists are large, and would keep a phone
 * from showing the first question.
 */
export function useSpotting(filter: NameFilter, isSoon: boolean): Spotting | undefined {
  const { t, i18n } = useTranslation('observations')
  const [made, setMade] = useState<{ spottingFor: typeof spottingFor }>()
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (!isSoon) return
    // Without its lists the form works as before: observing matters more than spotting. They are
    // asked for again, since what is being typed may take longer than a gap in the network.
    let again: ReturnType<typeof setTimeout> | undefined
    import('./names/names.spotting.ts').then(setMade, () => {
      again = setTimeout(() => setTries(tries + 1), triedAgainAfterMs)
    })
    return () => clearTimeout(again)
  }, [tries, isSoon])
  return useMemo(
    () =>
      made?.spottingFor(filter, i18n.language as Language, {
        person: t('names.masked.person'),
        phone: t('names.masked.phone'),
        mail: t('names.masked.mail'),
        address: t('names.masked.address'),
        reference: t('names.masked.reference'),
      }),
    [made, filter, t, i18n.language],
  )
}

/** The words spotted in several texts, as they stand there. */
export function spottedWords(spotting: Spotting | undefined, texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    (spotting?.spotsIn(text) ?? []).map(({ start, end }) => text.slice(start, end)),
  )
}
