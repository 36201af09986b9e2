import { useTranslation } from 'react-i18next'
import type { NameFilter } from '#shared/observations/observations.contract.ts'
import { LineField } from './LineField.tsx'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'

/** In one’s own words, for whoever wants to. */
export function OwnLine({
  progress,
  onForward,
  names,
  onLine,
}: PageOfPlayer & { names: NameFilter | undefined; onLine: (line: string) => void }) {
  const { t } = useTranslation('reminders')
  return (
    <>
      <div className={classes.words}>
        <h2 className={classes.question} tabIndex={-1}>
          {t('line.title')}
        </h2>
        <p>{t('line.lead')}</p>
      </div>
      <LineField
        label={t('line.label')}
        names={names}
        line={progress.line}
        onLine={onLine}
        send={t(progress.line.trim() === '' ? 'line.skip' : 'player.next')}
        onSend={onForward}
      />
    </>
  )
}
