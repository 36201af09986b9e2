import { useTranslation } from 'react-i18next'
import type { LinkedSession } from '#shared/workshops/workshops.links.contract.ts'
import { useWords } from '../../app/words.ts'
import { ownName } from '../kits/kits.lines.ts'
import classes from './LinkedWorkshop.module.css'

/** What weighs in a choice: with whom, how far, in which language, and what else one has then. */
export function SessionNotes({ session }: { session: LinkedSession }) {
  const { t, i18n } = useTranslation('workshops')
  const words = useWords()
  const { facilitatorName, kilometres, language, collides, town, siteName } = session
  const notes = [
    ...(siteName && town && town !== siteName ? [town] : []),
    ...(kilometres ? [t('seating.away', { number: words.count(kilometres) })] : []),
    ...(language === i18n.language ? [] : [t('notes.language', { language: ownName(language) })]),
  ]
  return (
    <>
      <p className={classes.quiet}>
        {[t('notes.with', { name: facilitatorName }), ...notes].join(' · ')}
      </p>
      {collides && <p className={classes.collides}>{t('notes.collides')}</p>}
    </>
  )
}
