import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeptPicture } from '../../app/KeptPicture.tsx'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Answers.module.css'

/** A picture with its title, to take along, and its figures as a table. */
export function AnswersPicture({
  title,
  lead,
  about,
  foot,
  what,
  columns,
  rows,
  legend,
  children,
}: {
  title: string
  lead: string
  about: string
  foot: string
  /** What a row is. */
  what: string
  columns: readonly string[]
  rows: readonly { id: string; label: string; counts: readonly number[] }[]
  legend?: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation('answers')
  const words = useWords()
  return (
    <Section title={title} lead={lead}>
      {legend}
      <KeptPicture title={title} about={about} foot={foot}>
        {children}
      </KeptPicture>
      <Fold title={t('figures')}>
        <section className={classes.scroll} aria-label={title}>
          <table className={classes.figures}>
            <thead>
              <tr>
                <th scope="col">{what}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, label, counts }) => (
                <tr key={id}>
                  <th scope="row">{label}</th>
                  {columns.map((column, at) => (
                    <td key={column}>{words.count(counts[at] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Fold>
    </Section>
  )
}
