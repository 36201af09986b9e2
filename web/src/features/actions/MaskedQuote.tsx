import { useTranslation } from 'react-i18next'
import type { ChosenQuote } from '#shared/actions/actions.changes.contract.ts'
import { Fold } from '../../ui/Fold.tsx'
import classes from './Actions.module.css'
import { maskedAt, piecesOf } from './actions.masking.ts'
import { Quoted } from './ToldChanges.tsx'

/** A quote as it will be read; a word pressed is a name that was not spotted, and is masked. */
export function MaskedQuote({
  quote,
  hidden,
  onHide,
}: {
  quote: ChosenQuote
  /** Places of words, as `piecesOf` counts them. */
  hidden: ReadonlySet<number>
  onHide: (hidden: ReadonlySet<number>) => void
}) {
  const { t } = useTranslation(['actions', 'observations'])
  const pieces = piecesOf(quote.words)
  const words = maskedAt(pieces, hidden, t('observations:names.masked.person'))
  return (
    <>
      <Quoted quote={{ ...quote, words }} />
      <Fold title={t('actions:sharing.mask')}>
        <p className={classes.quiet}>{t('actions:sharing.maskHow')}</p>
        <div className={classes.maskable}>
          {pieces.map(
            ({ text, isWord }, place) =>
              isWord && (
                <button
                  // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
                  key={place}
                  type="button"
                  aria-pressed={hidden.has(place)}
                  onClick={() => onHide(toggled(hidden, place))}
                >
                  {text}
                </button>
              ),
          )}
        </div>
      </Fold>
    </>
  )
}

function toggled(places: ReadonlySet<number>, place: number): Set<number> {
  const next = new Set(places)
  if (!next.delete(place)) next.add(place)
  return next
}
