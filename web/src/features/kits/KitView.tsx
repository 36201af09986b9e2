import {
  type Kit,
  type KitHeadings,
  type KitLine,
  type KitSection,
  kitSections,
} from '#shared/kits/kits.vocabulary.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import classes from './Kits.module.css'

/** A kit as guests and hosts read it, in its own language; parts that say nothing are left out. */
export function KitView({
  kit,
  headings,
  language,
  level = 2,
}: {
  kit: Kit
  headings: KitHeadings
  language: ContentLanguage
  /** Of the headings: what stands around the kit decides. */
  level?: 2 | 3
}) {
  const Heading = `h${level}` as const
  return (
    <div className={classes.kit} lang={language}>
      {kitSections
        .filter((section) => kit[section].length > 0)
        .map((section) => (
          <section key={section} className={classes.part} data-section={section}>
            <Heading className={classes.heading}>{headings[section]}</Heading>
            <KitLines section={section} lines={kit[section]} />
          </section>
        ))}
    </div>
  )
}

/** The lines of one part: sentences, a list, or words with what they stand for. */
export function KitLines({ section, lines }: { section: KitSection; lines: KitLine[] }) {
  if (section === 'story' || section === 'notice') {
    return lines.map(({ text }) => (
      <p key={text} className={classes[section]}>
        {text}
      </p>
    ))
  }
  if (lines.some(({ title }) => title !== '')) {
    return (
      <dl className={classes.pairs} data-section={section}>
        {lines.map(({ title, text }) => (
          <div key={`${title} ${text}`}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    )
  }
  return (
    <ul className={classes.lines} data-section={section}>
      {lines.map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
