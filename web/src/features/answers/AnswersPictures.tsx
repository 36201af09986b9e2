import { useTranslation } from 'react-i18next'
import type { AnswerCount, Answers } from '#shared/answers/answers.contract.ts'
import { useWords } from '../../app/words.ts'
import { BarLines } from '../../ui/BarLines.tsx'
import { Section } from '../../ui/Page.tsx'
import { titleIn } from '../programmes/programmes.words.ts'
import { Face } from '../reminders/Face.tsx'
import classes from './Answers.module.css'
import { AnswersPicture } from './AnswersPicture.tsx'
import { chosenOf, driftOf, outcomesOf, sumOf, warmths } from './answers.pictures.ts'
import { DriftPicture } from './DriftPicture.tsx'

export interface PicturesInput {
  reminders: Answers['reminders']
  counts: readonly AnswerCount[]
  /** The programme and the group, for the files. */
  about: string
}

/** « 3. Quarante minutes » of a reminder. */
function useTitle() {
  const { i18n } = useTranslation()
  return ({ position, title }: Pick<Answers['reminders'][number], 'position' | 'title'>) =>
    `${position}. ${titleIn(title, i18n.language)}`
}

/** How reactions move from grey to warm over the reminders. */
export function DriftOfReminders({ reminders, counts, about }: PicturesInput) {
  const { t } = useTranslation('answers')
  const titleOf = useTitle()
  const drifts = driftOf(reminders, counts)
  const titles = new Map(reminders.map((one) => [one.position, titleOf(one)]))
  return (
    <AnswersPicture
      title={t('drift.title')}
      lead={t('drift.lead')}
      about={about}
      foot={t('drift.foot')}
      what={t('reminder')}
      columns={warmths.map((warmth) => t(`drift.step.${warmth}`))}
      rows={drifts.map(({ position, steps }) => ({
        id: String(position),
        label: titles.get(position) ?? '',
        counts: steps.map(({ count }) => count),
      }))}
      legend={
        <ul className={classes.legend}>
          {warmths.map((warmth) => (
            <li key={warmth}>
              <svg width="22" height="16" aria-hidden focusable="false">
                <rect
                  className={classes[`warmth${warmth}`]}
                  x="1"
                  y="1"
                  width="20"
                  height="14"
                  rx="3"
                />
              </svg>
              {t(`drift.step.${warmth}`)}
            </li>
          ))}
        </ul>
      }
    >
      <DriftPicture label={t('drift.foot')} drifts={drifts} />
    </AnswersPicture>
  )
}

/** How many began each reminder; who finished is only known of everybody together. */
export function ReadingOfReminders({
  reminders,
  counts,
  about,
  isEverybody,
}: PicturesInput & { isEverybody: boolean }) {
  const { t } = useTranslation('answers')
  const words = useWords()
  const titleOf = useTitle()
  // None is not known to be none: fewer than five are not told.
  const shown = (count: number) => (count === 0 ? '…' : words.count(count))
  const foot = t(isEverybody ? 'reading.foot' : 'reading.footOfGroup')
  const rows = reminders.map((reminder) => {
    const of = (question: 'began' | 'finished') =>
      sumOf(counts, { position: reminder.position, question })
    return {
      id: String(reminder.position),
      label: titleOf(reminder),
      counts: isEverybody ? [of('began'), of('finished')] : [of('began')],
    }
  })
  return (
    <AnswersPicture
      title={t('reading.title')}
      lead={t('reading.lead')}
      about={about}
      foot={foot}
      legend={<p className={classes.quiet}>{foot}</p>}
      what={t('reminder')}
      columns={isEverybody ? [t('reading.began'), t('reading.finished')] : [t('reading.began')]}
      rows={rows}
    >
      <BarLines
        label={foot}
        lines={rows.map(({ id, label, counts: [began = 0, finished] }) => ({
          id,
          label,
          value: began,
          shown: shown(began),
          ...(finished === undefined
            ? {}
            : { before: { value: finished, shown: shown(finished) } }),
        }))}
      />
    </AnswersPicture>
  )
}

/** So many are shown as bars; the table has the rest. */
const mostBars = 8

/** Techniques people want to try, the most wanted first. */
export function TechniquesOfReminders({ reminders, counts, about }: PicturesInput) {
  const { t, i18n } = useTranslation('answers')
  const words = useWords()
  const chosen = chosenOf(reminders, counts, 'technique')
  if (chosen.length === 0) return null
  const rows = chosen.map(({ id, text, count }) => ({
    id,
    label: titleIn(text, i18n.language),
    counts: [count],
  }))
  return (
    <AnswersPicture
      title={t('techniques.title')}
      lead={t('techniques.lead')}
      about={about}
      foot={t('techniques.foot')}
      what={t('techniques.what')}
      columns={[t('techniques.count')]}
      rows={rows}
    >
      <BarLines
        label={t('techniques.lead')}
        lines={rows.slice(0, mostBars).map(({ id, label, counts: [count = 0] }) => ({
          id,
          label,
          value: count,
          shown: words.count(count),
        }))}
      />
    </AnswersPicture>
  )
}

/** Missions people took along, in whole sentences. */
export function MissionsOfReminders({ reminders, counts }: PicturesInput) {
  const { t, i18n } = useTranslation('answers')
  const words = useWords()
  const chosen = chosenOf(reminders, counts, 'mission')
  if (chosen.length === 0) return null
  return (
    <Section title={t('missions.title')} lead={t('missions.lead')}>
      <ol className={classes.missions}>
        {chosen.map(({ id, position, text, count }) => (
          <li key={id}>
            <strong>{words.count(count)}</strong>
            <span>
              {titleIn(text, i18n.language)}{' '}
              <span className={classes.quiet}>{t('missions.of', { position })}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** How missions went, in three faces. */
export function OutcomesOfMissions({ counts }: Pick<PicturesInput, 'counts'>) {
  const { t } = useTranslation('answers')
  const words = useWords()
  const found = outcomesOf(counts)
  if (found.every(({ count }) => count === 0)) return null
  return (
    <Section title={t('outcomes.title')} lead={t('outcomes.lead')}>
      <ul className={classes.faces}>
        {found.map(({ outcome, count }) => (
          <li key={outcome}>
            {outcome !== 'not-yet' && <Face outcome={outcome} />}
            <strong>{words.count(count)}</strong>
            {t(`outcomes.${outcome}`)}
          </li>
        ))}
      </ul>
    </Section>
  )
}
