import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type EditedKit, kitsRoutes as routes } from '#shared/kits/kits.contract.ts'
import type { Kit, KitLine, KitSection } from '#shared/kits/kits.vocabulary.ts'
import { contentLanguageSchema, contentLanguages } from '#shared/vocabulary/content-language.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import { Page } from '../../ui/Page.tsx'
import { KitPart } from './KitPart.tsx'
import classes from './Kits.module.css'
import { KitView } from './KitView.tsx'
import { ownName } from './kits.lines.ts'

type Drafts = Partial<Record<KitSection, KitLine[]>>

/** One kit, part by part, with the page people will read beside it. */
export function KitPage() {
  const { regionId, roleId, language } = useParams({
    from: '/regions/$regionId/kits/$roleId/$language',
  })
  const { t } = useTranslation('kits')
  const words = useWords()
  // An address typed by hand may name a language there is no kit in.
  const known = contentLanguageSchema.catch('fr').parse(language)
  const params = { regionId, roleId, language: known }
  const kit = useQuery(queryFor(routes.kit, { params }))
  return (
    <Page
      title={kit.data ? words.name(kit.data.role) : t('kit.title')}
      kicker={t('kit.kicker')}
      lead={t('kit.lead')}
      back={
        <Link to="/regions/$regionId/kits" params={{ regionId }}>
          {t('kit.back')}
        </Link>
      }
    >
      <div className={classes.stack}>
        <nav className={classes.tabs} aria-label={t('kit.languages')}>
          {contentLanguages.map((one) => (
            <Link
              key={one}
              to="/regions/$regionId/kits/$roleId/$language"
              params={{ regionId, roleId, language: one }}
              lang={one}
            >
              {ownName(one)}
            </Link>
          ))}
        </nav>
        <Answered query={kit}>
          {(data) => <Editor key={`${roleId} ${known}`} kit={data} params={params} />}
        </Answered>
      </div>
    </Page>
  )
}

function Editor({
  kit,
  params,
}: {
  kit: EditedKit
  params: { regionId: string; roleId: string; language: EditedKit['language'] }
}) {
  const { t } = useTranslation('kits')
  const [drafts, setDrafts] = useState<Drafts>({})
  const read = Object.fromEntries(
    kit.parts.map(({ section, lines }) => [
      section,
      drafts[section]?.filter(({ title, text }) => title || text) ?? lines,
    ]),
  ) as Kit
  const preview = <KitView kit={read} headings={kit.headings} language={kit.language} level={3} />
  return (
    <div className={classes.desk}>
      <div className={classes.small}>
        <Fold title={t('kit.preview')}>{preview}</Fold>
      </div>
      <ol className={classes.parts}>
        {kit.parts.map((part) => (
          <KitPart
            key={part.section}
            part={part}
            heading={kit.headings[part.section]}
            params={{ ...params, section: part.section }}
            draft={drafts[part.section]}
            onDraft={(lines) =>
              setDrafts(({ [part.section]: _, ...others }) =>
                lines ? { ...others, [part.section]: lines } : others,
              )
            }
          />
        ))}
      </ol>
      {/* Longer than the screen: the keyboard must be able to scroll it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <aside className={classes.paper} aria-label={t('kit.preview')} tabIndex={0}>
        {preview}
      </aside>
    </div>
  )
}
