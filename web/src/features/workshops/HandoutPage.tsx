import { useTranslation } from 'react-i18next'
import { Paper } from '../../ui/Paper.tsx'
import { CoursePage, type InLanguage } from './CoursePage.tsx'
import classes from './Handout.module.css'
import { PageDrawing } from './PageDrawing.tsx'
import { PaperHead } from './PaperHead.tsx'
import { told } from './workshops.told.ts'

/** The page people fill in by hand and take home: seen as it leaves the printer. */
export function HandoutPage() {
  const { t } = useTranslation('workshops')
  return (
    <CoursePage title={t('page.title')} lead={t('page.lead')} print={t('page.print')}>
      {(read) => (
        <>
          <div className={classes.preview}>
            <Handout {...read} />
          </div>
          <Paper onePage>
            <Handout {...read} paper />
          </Paper>
        </>
      )}
    </CoursePage>
  )
}

function Handout({ course, language, paper = false }: InLanguage & { paper?: boolean }) {
  const { page } = course
  const title = told(page.title, language)
  const named = told(course.title, language)
  return (
    <article className={classes.handout} lang={language}>
      {paper ? (
        <PaperHead {...(named === title ? {} : { kicker: named })} title={title} />
      ) : (
        <h2>{title}</h2>
      )}
      <p className={classes.introduction}>{told(page.introduction, language)}</p>
      <div className={classes.drawing}>
        <PageDrawing
          drawing={page.drawing}
          labels={page.labels.map((label) => told(label, language))}
        />
      </div>
      <ul className={classes.prompts}>
        {page.prompts.map((prompt) => (
          <li key={told(prompt, language)}>{told(prompt, language)}</li>
        ))}
      </ul>
      <p className={classes.reminder}>{told(page.reminder, language)}</p>
    </article>
  )
}
