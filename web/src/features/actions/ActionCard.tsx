import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '#shared/actions/actions.contract.ts'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import classes from './Actions.module.css'
import { AnswerForm } from './AnswerForm.tsx'
import type { Voice } from './actions.api.ts'
import { MeasureForm } from './MeasureForm.tsx'
import { MeasurePicture } from './MeasurePicture.tsx'

/** One action: what, who, by when, why; how far it is; and the forms to say more. */
export function ActionCard({
  action,
  voice,
  owned = false,
  children,
}: {
  action: Action
  voice: Voice
  /** Shown to its owner: who carries it needs no saying. */
  owned?: boolean
  /** What else can be done with it. */
  children?: ReactNode
}) {
  const { t } = useTranslation('actions')
  const words = useWords()
  const [open, setOpen] = useState<'answer' | 'measure'>()
  const close = () => setOpen(undefined)
  // On their page an owner’s cards come right below its title.
  const Title = owned ? 'h2' : 'h3'
  const isOpen = action.status === 'to-decide' || action.status === 'under-way'
  return (
    <li className={classes.card} data-status={action.status} aria-label={action.title}>
      <p className={classes.marks}>
        <span className={classes.status} data-status={action.status}>
          {t(`status.${action.status}`)}
        </span>
        {isOpen && action.dueOn && <span>{t('dueOn', { date: words.date(action.dueOn) })}</span>}
        {!isOpen && action.decidedAt && (
          <span>{t('decidedOn', { date: words.dayOf(action.decidedAt) })}</span>
        )}
      </p>
      <Title className={classes.what}>{action.title}</Title>
      {!owned && (
        <p className={classes.owner} data-missing={!action.owner || action.owner.left || undefined}>
          {action.owner ? t('carriedBy', { name: action.owner.name }) : t('nobody')}
          {action.owner?.left && ` ${t('ownerLeft')}`}
          {action.owner && !action.owner.left && !action.owner.hasMail && ` ${t('noMail')}`}
        </p>
      )}
      {action.reason && (
        <p className={classes.reason}>
          <strong>{t('because')}</strong> {action.reason}
        </p>
      )}
      {action.measure && <MeasurePicture measure={action.measure} />}
      {action.findings.length > 0 && (
        <ul className={classes.why} aria-label={t('why')}>
          {action.findings.map((finding) => (
            <li key={finding.id} data-gone={finding.withdrawn || undefined}>
              {finding.title}{' '}
              <span className={classes.quiet}>
                {finding.withdrawn
                  ? t('findingWithdrawn')
                  : t('seen', { count: finding.observationCount })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {open === 'answer' && <AnswerForm action={action} voice={voice} onDone={close} />}
      {open === 'measure' && <MeasureForm action={action} voice={voice} onDone={close} />}
      {!open && (
        <div className={classes.buttons}>
          <Button
            variant={action.status === 'to-decide' && owned ? 'filled' : 'default'}
            onClick={() => setOpen('answer')}
          >
            {t(action.status === 'to-decide' ? 'decide' : 'tellMore')}
          </Button>
          <Button variant="subtle" color="ink" onClick={() => setOpen('measure')}>
            {t(action.measure ? 'measure.change' : 'measure.add')}
          </Button>
          {children}
        </div>
      )}
      {action.notes.length > 0 && (
        <Fold title={t('notes', { count: action.notes.length })}>
          <ol className={classes.notes}>
            {action.notes.map((note) => (
              <li key={note.id}>
                <p className={classes.quiet}>
                  {words.moment(note.writtenAt)} · {t(`status.${note.status}`)}
                  {note.by && ` · ${note.by}`}
                  {note.byLink && ` · ${t('byLink')}`}
                </p>
                {note.words && <p className={classes.words}>{note.words}</p>}
              </li>
            ))}
          </ol>
        </Fold>
      )}
    </li>
  )
}
