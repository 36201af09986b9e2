import { useTranslation } from 'react-i18next'
import { type Report, reportsRoutes as routes } from '#shared/reports/reports.contract.ts'
import type { PictureKind } from '#shared/reports/reports.vocabulary.ts'
import { addressOf } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './Reports.module.css'

/** More would not be read on one page; all are in the full report. */
const linesOnPage = 5
/** A quote is a line or two; whole, it is in the full report. */
const longestSaid = 180
const short = (text: string) =>
  text.length > longestSaid ? `${text.slice(0, longestSaid).trimEnd()}…` : text

/** The one page, as it stands on the screen and on paper. */
export function OnePage({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const words = useWords()
  const { lived, choice } = report
  const kept = report.actions.length > 0 ? [] : report.findings.slice(0, linesOnPage)
  return (
    <article className={classes.page}>
      <header className={classes.head}>
        <p className={classes.corner} aria-hidden>
          10
          <Pip size={14} />
        </p>
        <div>
          <h2 className={classes.name}>{report.dayName}</h2>
          <p className={classes.soft}>{words.fullDate(report.date)}</p>
        </div>
      </header>
      <section>
        <h3>{t('page.lived')}</h3>
        <dl className={classes.figures}>
          {(['guests', 'hosts', 'sites'] as const).map((key) => (
            <div key={key}>
              <dt>{t(`page.${key}`, { count: lived[key] })}</dt>
              <dd>{words.count(lived[key])}</dd>
            </div>
          ))}
          <div>
            <dt>{t('page.observations', { count: report.observations })}</dt>
            <dd>{words.count(report.observations)}</dd>
          </div>
        </dl>
        <Presence presence={report.presence} />
      </section>
      {choice.pictures.length > 0 && (
        <section>
          <h3>{t('page.seen')}</h3>
          <div className={classes.pictures}>
            {choice.pictures.map((kind) => (
              <Picture key={kind} kind={kind} report={report} />
            ))}
          </div>
        </section>
      )}
      {choice.quotes.length > 0 && (
        <section>
          <h3>{t('page.said')}</h3>
          <ul className={classes.quotes}>
            {choice.quotes.map(({ id, situation, idea }) => (
              <li key={id}>
                {situation && t('page.quote', { text: short(situation) })}
                {idea && <span>{t('page.idea', { idea: short(idea) })}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('page.decided')}</h3>
        {kept.length + report.actions.length === 0 && <p>{t('page.nothingDecided')}</p>}
        <ol className={classes.findings}>
          {report.actions.slice(0, linesOnPage).map(({ id, title, status, dueOn }) => (
            <li key={id}>
              {title}
              <span className={classes.soft}>
                {/* The date is that of the decision: once it has been taken, it says nothing. */}
                {[t(`status.${status}`), status === 'to-decide' && dueOn && words.date(dueOn)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
          {kept.map(({ id, title, observationCount, hearts }) => (
            <li key={id}>
              {title}
              <span className={classes.soft}>
                {[
                  observationCount !== null && t('page.seenTimes', { count: observationCount }),
                  hearts !== null && t('page.hearts', { count: hearts }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {choice.coming && (
        <section>
          <h3>{t('page.coming')}</h3>
          <p className={classes.coming}>{choice.coming}</p>
        </section>
      )}
      <p className={classes.method}>{t('page.method', { least: report.smallestGroup })}</p>
    </article>
  )
}

const presenceKinds = ['present', 'partly', 'absent', 'cancelled', 'host-absent'] as const

/** Five different things, never mixed; what nobody said is a sixth only where there is any. */
function Presence({ presence }: { presence: Report['presence'] }) {
  const { t } = useTranslation('reports')
  const words = useWords()
  const unknown = presence.expected + presence.late + presence.unseen
  return (
    <dl className={classes.presence}>
      {presenceKinds.map((kind) => (
        <div key={kind}>
          <dt>{t(`presence.${kind}`, { count: presence[kind] })}</dt>
          <dd>{words.count(presence[kind])}</dd>
        </div>
      ))}
      {unknown > 0 && (
        <div>
          <dt>{t('presence.unknown', { count: unknown })}</dt>
          <dd>{words.count(unknown)}</dd>
        </div>
      )}
    </dl>
  )
}

/** The very drawing of the PDF; what it shows is told by the tables of the full report, too. */
function Picture({ kind, report }: { kind: PictureKind; report: Report }) {
  const { t } = useTranslation('reports')
  const params = { dayId: report.dayId, picture: kind }
  return (
    <figure className={classes.picture}>
      <figcaption>{t(`pictures.${kind}`)}</figcaption>
      <img
        src={addressOf(routes.picture, { params })}
        alt={t('pictureAlt', { count: report.observations })}
        width={320}
        height={220}
      />
    </figure>
  )
}
