import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInstance } from 'i18next'
import { type Language, languages } from '#shared/vocabulary/language.ts'

const featuresFolder = fileURLToPath(new URL('../features/', import.meta.url))
const sharedFolder = fileURLToPath(new URL('../../../shared/', import.meta.url))

/**
 * Every catalogue the server speaks from: `features/<feature>/<feature>.<language>.json` for mails,
 * `shared/<word>/<word>.<language>.json` for words both sides use. Namespace = the feature's word.
 */
function readCatalogues(): Record<Language, Record<string, object>> {
  const catalogues = Object.fromEntries(languages.map((language) => [language, {}])) as Record<
    Language,
    Record<string, object>
  >
  for (const folder of [sharedFolder, featuresFolder]) {
    for (const word of readdirSync(folder, { withFileTypes: true })) {
      if (!word.isDirectory()) continue
      for (const file of readdirSync(join(folder, word.name))) {
        const match = /^(?<name>.+)\.(?<language>fr|en)\.json$/.exec(basename(file))
        if (!match?.groups) continue
        const { name, language } = match.groups as { name: string; language: Language }
        const text = readFileSync(join(folder, word.name, file), 'utf8')
        catalogues[language][name] = { ...catalogues[language][name], ...JSON.parse(text) }
      }
    }
  }
  return catalogues
}

const instance = createInstance()
void instance.init({
  resources: readCatalogues(),
  lng: 'fr',
  fallbackLng: 'fr',
  initAsync: false,
  // Values go into plain text; what goes into HTML is escaped where the HTML is made.
  interpolation: { escapeValue: false },
})

export type Values = Record<string, string | number>

/** One sentence of a catalogue, `namespace:key`, in the reader's language. */
export function say(language: Language, key: string, values: Values = {}): string {
  return nestQuotes(instance.t(key, { lng: language, ...values }))
}

/** A name in guillemets quoted by a sentence takes the inner quotes: « la journée “Vis ma vie” ». */
function nestQuotes(text: string): string {
  let depth = 0
  return text.replace(/«\s?|\s?»/g, (mark) => {
    const opens = mark.startsWith('«')
    const inner = opens ? depth > 0 : depth > 1
    depth = Math.max(0, depth + (opens ? 1 : -1))
    if (!inner) return mark
    return opens ? '“' : '”'
  })
}

/** The best of our languages for an Accept-Language header; French when nothing fits. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(';q=')
      return { tag: tag.slice(0, 2).toLowerCase(), weight: quality ? Number(quality) : 1 }
    })
    .sort((a, b) => b.weight - a.weight)
  return (wanted.find(({ tag }) => languages.some((known) => known === tag))?.tag ??
    'fr') as Language
}
