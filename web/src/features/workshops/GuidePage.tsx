import { useTranslation } from 'react-i18next'
import { Paper } from '../../ui/Paper.tsx'
import { CoursePage, type InLanguage } from './CoursePage.tsx'
import classes from './Guide.module.css'
import { anchorOf, GuideStep } from './GuideStep.tsx'
import { HourLine } from './HourLine.tsx'
import { PaperHead } from './PaperHead.tsx'
import { stretches, told } from './workshops.told.ts'

/** The facilitator’s guide: to read the day before, and to hold during the hour. */
export function GuidePage() {
  const { t } = useTranslation('workshops')
  return (
    <CoursePage title={t('guide.title')} lead={t('guide.lead')} print={t('guide.print')}>
      {(read) => (
        <>
          <div className={classes.guide} lang={read.language}>
            <div className={classes.hour}>
              <HourLine {...read} linked />
            </div>
            <GuideText {...read} linked />
          </div>
          <Paper>
            <div className={classes.paper} lang={read.language}>
              <PaperHead
                kicker={told(read.headings.guide, read.language)}
                title={told(read.course.title, read.language)}
              />
              <p className={classes.promise}>{told(read.course.promise, read.language)}</p>
              <HourLine {...read} />
              <GuideText {...read} />
            </div>
          </Paper>
        </>
      )}
    </CoursePage>
  )
}

function GuideText({ linked = false, ...read }: InLanguage & { linked?: boolean }) {
  const { course, headings, language } = read
  return (
    <div className={classes.text}>
      <section className={classes.part}>
        <h2>{told(headings.before, language)}</h2>
        <ul className={classes.before}>
          {course.preparation.map((line) => (
            <li key={told(line, language)}>{told(line, language)}</li>
          ))}
        </ul>
      </section>
      {stretches(course).map((stretch) => (
        <GuideStep
          key={stretch.number}
          id={linked ? anchorOf(stretch) : undefined}
          stretch={stretch}
          headings={headings}
          language={language}
        />
      ))}
      <section className={classes.part}>
        <h2>{told(headings.hardMoments, language)}</h2>
        <dl className={classes.moments}>
          {course.hardMoments.map(({ when, help }) => (
            <div key={told(when, language)}>
              <dt>{told(when, language)}</dt>
              <dd>{told(help, language)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={classes.part}>
        <h2>{told(headings.techniques, language)}</h2>
        <ul className={classes.techniques}>
          {course.techniques.map(({ name, how, example }) => (
            <li key={told(name, language)}>
              <h3>{told(name, language)}</h3>
              <p>{told(how, language)}</p>
              <p className={classes.example}>
                <strong>{told(headings.example, language)}</strong>
                {told(example, language)}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
