import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Reminder } from '#shared/reminders/reminders.contract.ts'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Editor.module.css'
import { textsApart } from './reminders.editing.ts'
import { usePlaceName } from './reminders.places.ts'
import type { Saving } from './reminders.saving.ts'

/** Somebody saved in between: both texts are there where they differ, and one button for each. */
export function Overtaken({
  saving,
  theirs,
}: {
  saving: Saving
  theirs: NonNullable<Reminder['draft']>
}) {
  const { t } = useTranslation('reminders')
  const placeName = usePlaceName()
  const apart = textsApart(saving.story, theirs.story)
  return (
    <Notice
      tone="warn"
      title={t('overtaken.title', { name: theirs.editedBy ?? t('overtaken.somebody') })}
      action={
        <div className={classes.actions}>
          <Button onClick={saving.keepMine}>{t('overtaken.mine')}</Button>
          <Button variant="default" onClick={saving.takeTheirs}>
            {t('overtaken.theirs')}
          </Button>
        </div>
      }
    >
      <p>{t('overtaken.text')}</p>
      {/* As long as what was rewritten: the keyboard must be able to scroll it. */}
      <dl className={classes.apart} tabIndex={0} aria-label={t('overtaken.apart')}>
        {apart.map(({ path, language, mine, theirs: other }) => (
          <div key={`${path} ${language}`}>
            <dt>{placeName(path)}</dt>
            <dd lang={language}>{mine || '–'}</dd>
            <dd lang={language}>{other || '–'}</dd>
          </div>
        ))}
      </dl>
    </Notice>
  )
}
