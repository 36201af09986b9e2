import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeptPicture } from '../../app/KeptPicture.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Observations.module.css'
import { folded, type Line, type Part } from './observations.pictures.ts'
import { PictureVerbatims } from './PictureVerbatims.tsx'

/** From this share on, what is counted with others says more of the folding than of the day. */
const worthSaying = 1 / 3

/** What a picture shows when something in it was opened. */
export interface Opened {
  id: string
  part: Part
  line: Line
}

/** A picture with its title, its figures as a table, and below it what was opened in it. */
export function PictureFrame({
  dayId,
  title,
  lead,
  lines,
  columns = [],
  opened,
  onOpen,
  about,
  legend = lead,
  count,
  alone = false,
  children,
}: {
  dayId: string
  title: string
  lead: string
  /** The figures of the picture; none where it is a table itself. */
  lines: readonly Line[]
  /** Further columns of the table. */
  columns?: readonly { name: string; of: (line: Line) => string }[]
  opened: Opened | undefined
  onOpen?: (line: Line) => void
  /** The day and its date, for the file. */
  about: string
  /** At the foot of the file, where the lead would not help. */
  legend?: string
  /** Observations in the picture. */
  count: number
  /** Not crossed with the rest of the day: hidden behind filters, which cannot apply to it. */
  alone?: 'shown' | 'hidden' | false
  children: ReactNode
}) {
  const { t } = useTranslation('observations')
  if (alone === 'hidden') {
    return (
      <Section title={title}>
        <p className={classes.quiet}>{t('pictures.alone.hidden')}</p>
      </Section>
    )
  }
  const together = lines.find(({ id }) => id === folded)?.count ?? 0
  return (
    <Section title={title} lead={lead}>
      <KeptPicture title={title} about={about} foot={`${t('map.said', { count })}. ${legend}`}>
        {children}
        {together / count >= worthSaying && (
          <p className={classes.quiet}>{t('pictures.together', { count: together, of: count })}</p>
        )}
      </KeptPicture>
      {alone && !onOpen && <p className={classes.quiet}>{t('pictures.alone.wordless')}</p>}
      {lines.length > 0 && (
        <Fold title={t(onOpen ? 'pictures.figures' : 'pictures.figuresOnly')}>
          <div className={classes.scroll}>
            <table className={classes.figures}>
              <caption className={classes.quiet}>{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('pictures.what')}</th>
                  <th scope="col">{t('pictures.count')}</th>
                  {columns.map(({ name }) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((line, place) => (
                  <tr key={line.id}>
                    <th scope="row">
                      {onOpen && line.count > 0 ? (
                        <button
                          type="button"
                          className={classes.opens}
                          aria-pressed={opened?.line.id === line.id}
                          onClick={() => onOpen(line)}
                        >
                          {place + 1}. {line.label}
                        </button>
                      ) : (
                        `${place + 1}. ${line.label}`
                      )}
                    </th>
                    <td>{line.count}</td>
                    {columns.map(({ name, of }) => (
                      <td key={name}>{of(line)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Fold>
      )}
      {opened && (
        <PictureVerbatims
          key={opened.id}
          dayId={dayId}
          part={opened.part}
          amount={opened.line}
          title={opened.line.label}
        />
      )}
    </Section>
  )
}
