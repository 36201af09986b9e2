import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  type Kit,
  type KitHeadings,
  kitHeadingsSchema,
  kitLineSchema,
  kitSectionSchema,
} from '#shared/kits/kits.vocabulary.ts'
import { standardRoles } from '#shared/roster/roster.vocabulary.ts'
import { type ContentLanguage, contentLanguages } from '#shared/vocabulary/content-language.ts'

/** In the files a line without a title is just its text, as one would write it on paper. */
const writtenLine = z.union([z.string().transform((text) => ({ title: '', text })), kitLineSchema])
const writtenKit = z.record(kitSectionSchema, z.array(writtenLine.pipe(kitLineSchema)))

const content = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`./content/${path}.json`, import.meta.url), 'utf8'))

const shipped = new Map<string, Kit>()
const headings = new Map<ContentLanguage, KitHeadings>()
for (const language of contentLanguages) {
  headings.set(language, kitHeadingsSchema.parse(content(`headings/${language}`)))
  for (const role of standardRoles) {
    shipped.set(`${role}/${language}`, writtenKit.parse(content(`${role}/${language}`)))
  }
}

/** The kit that ships for a role, by the role's code; undefined for a region's own role. */
export function shippedKit(roleCode: string, language: ContentLanguage): Kit | undefined {
  return shipped.get(`${roleCode}/${language}`)
}

/** What stands above the parts of a kit. */
export function headingsIn(language: ContentLanguage): KitHeadings {
  const found = headings.get(language)
  if (!found) throw new Error(`no headings in ${language}`)
  return found
}
