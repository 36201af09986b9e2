import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { type ReadCourse, workshopsRoutes as routes } from '#shared/workshops/workshops.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { Page } from '../../ui/Page.tsx'
import { ownName } from '../kits/kits.lines.ts'
import classes from './CoursePage.module.css'
import { useLed } from './workshops.led.ts'
import { told } from './workshops.told.ts'

/** A course as one page of it is read: the whole of it, and the language chosen. */
export type InLanguage = ReadCourse & { language: ContentLanguage }

/**
 * What the three pages of a course share: their title, the way from one to the other, the language
 * (kept in the address, so that a link opens in it) and the printer.
 */
export function CoursePage({
  title,
  lead,
  print,
  children,
}: {
  title: string
  lead: string
  /** The words of the button that prints. */
  print: string
  children: (read: InLanguage) => ReactNode
}) {
  const { t, i18n } = useTranslation('workshops')
  const { course = '' } = useParams({ strict: false })
  const { langue } = useSearch({ strict: false })
  const { ledBy } = useLed()
  const screens = i18n.language as ContentLanguage
  const query = useQuery({ ...queryFor(routes.course, { params: { course } }), retry: false })
  const language = langue ?? screens
  return (
    <Page
      title={title}
      lead={lead}
      {...(query.data ? { kicker: told(query.data.course.title, screens) } : {})}
      back={
        ledBy ? (
          <Link to="/animation/$token" params={{ token: ledBy }}>
            {t('backToSession')}
          </Link>
        ) : (
          <Link to="/ateliers">{t('back')}</Link>
        )
      }
      action={
        query.data && (
          <Button size="lg" onClick={() => window.print()}>
            {print}
          </Button>
        )
      }
    >
      <Answered query={query} shape="cards">
        {(read) => (
          <>
            <div className={classes.bar}>
              <Parts course={course} {...(langue ? { langue } : {})} />
              <Languages languages={read.course.languages} chosen={language} />
            </div>
            {children({ ...read, language })}
          </>
        )}
      </Answered>
    </Page>
  )
}

function Parts({ course, langue }: { course: string; langue?: ContentLanguage }) {
  const { t } = useTranslation('workshops')
  const way = {
    params: { course },
    search: langue ? { langue } : {},
    state: useLed(),
    activeOptions: { includeSearch: false },
  }
  return (
    <nav className={classes.parts} aria-label={t('parts')}>
      <Link to="/ateliers/$course/guide" {...way}>
        {t('guide.short')}
      </Link>
      <Link to="/ateliers/$course/exercices" {...way}>
        {t('exercises.short')}
      </Link>
      <Link to="/ateliers/$course/page" {...way}>
        {t('page.short')}
      </Link>
    </nav>
  )
}

function Languages({
  languages,
  chosen,
}: {
  languages: ContentLanguage[]
  chosen: ContentLanguage
}) {
  const { t } = useTranslation('workshops')
  const navigate = useNavigate()
  const state = useLed()
  const choose = (langue: ContentLanguage) =>
    navigate({ to: '.', search: { langue }, state, replace: true })
  return (
    <fieldset className={classes.languages}>
      <legend>{t('languages')}</legend>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === chosen}
          onClick={() => void choose(language)}
        >
          {ownName(language)}
        </button>
      ))}
    </fieldset>
  )
}
