import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NameFilter } from '#shared/observations/observations.contract.ts'
import {
  type Outcome,
  outcomes,
  type ReminderAnswer,
} from '#shared/reminders/reminders.questions.ts'
import type { Mission } from '#shared/reminders/reminders.story.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { Face } from './Face.tsx'
import { LineField } from './LineField.tsx'
import classes from './MissionHand.module.css'
import { StoryLanguage, Told } from './Told.tsx'

/** Some days later, once: was it tried, how did it go; three faces and a line for whoever wants. */
export function MissionQuestion({
  mission,
  language,
  names,
  busy = false,
  onAnswers,
}: {
  mission: Mission
  language: ContentLanguage
  names?: NameFilter | undefined
  busy?: boolean
  onAnswers: (outcome: Outcome, answers: readonly ReminderAnswer[]) => void
}) {
  const { t } = useTranslation('reminders')
  const group = useId()
  const [outcome, setOutcome] = useState<Outcome>()
  const [line, setLine] = useState('')
  function send() {
    if (!outcome) return
    const words = line.trim()
    onAnswers(outcome, [
      { question: 'outcome', value: outcome },
      ...(words ? [{ question: 'outcome-line' as const, value: words }] : []),
    ])
  }
  return (
    <StoryLanguage value={language}>
      <div className={classes.question}>
        <div className={classes.mission}>
          <Pip size={24} />
          <Told text={mission.text} />
        </div>
        <fieldset>
          <legend className={classes.legend}>{t('outcome.title')}</legend>
          <div className={classes.faces}>
            {outcomes.map((one) => (
              <label key={one} className={classes.face} data-wide={one === 'not-yet' || undefined}>
                <input
                  type="radio"
                  name={group}
                  value={one}
                  checked={one === outcome}
                  onChange={() => setOutcome(one)}
                />
                {one !== 'not-yet' && <Face outcome={one} />}
                {t(`outcome.${one}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <LineField
          label={t('outcome.line')}
          names={names}
          line={line}
          onLine={setLine}
          send={t('outcome.send')}
          disabled={!outcome}
          busy={busy}
          onSend={send}
        />
      </div>
    </StoryLanguage>
  )
}
