import type { Language } from '#shared/vocabulary/language.ts'
import { isCapabilityPlaceholder } from '../capabilities.ts'
import { type HtmlPieces, renderHtml } from './layout.html.ts'
import { cleanLine, cleanValue, wrapText } from './layout.text.ts'

export type MailLink = { label: string; url: string }

/**
 * What a mail says. Texts are plain text in the reader's language and may hold anything a person
 * typed; links are ours: http(s) addresses, or one whole capability placeholder.
 */
export type MailContent = {
  language: Language
  /** the line inboxes show after the subject */
  preheader: string
  title: string
  paragraphs: readonly string[]
  facts?: readonly { label: string; value: string }[]
  button?: MailLink | null
  /** said under the button: deadline, what happens otherwise */
  afterButton?: readonly string[]
  links?: readonly MailLink[]
  footer: { reason: string; unsubscribeUrl?: string | null }
}

const words = {
  fr: { colon: '\u00A0:', unsubscribe: 'Ne plus recevoir ces messages', brand: '10 de cœur' },
  en: { colon: ':', unsubscribe: 'Stop receiving these messages', brand: '10 de cœur' },
} as const

/** The two equally complete parts of a mail; placeholders are still to be filled on leaving. */
export function composeMail(content: MailContent): { text: string; html: string } {
  const said = words[content.language]
  const unsubscribeUrl = content.footer.unsubscribeUrl
  const pieces: HtmlPieces = {
    language: content.language,
    brand: said.brand,
    preheader: cleanLine(content.preheader),
    title: cleanLine(content.title),
    paragraphs: content.paragraphs.map(cleanValue).map(nameless),
    facts: (content.facts ?? []).map((fact) => ({
      label: cleanLine(fact.label),
      value: cleanValue(fact.value),
    })),
    button: content.button ? link(content.button) : null,
    afterButton: (content.afterButton ?? []).map(cleanValue),
    links: (content.links ?? []).map(link),
    reason: cleanLine(content.footer.reason),
    unsubscribe: unsubscribeUrl ? link({ label: said.unsubscribe, url: unsubscribeUrl }) : null,
  }
  return { text: renderText(pieces, said.colon), html: renderHtml(pieces) }
}

/** « Bonjour , » to somebody whose first name nobody knows is « Bonjour, ». */
const nameless = (paragraph: string) => paragraph.replace(/^(\S+)\s+,$/, '$1,')

function renderText(pieces: HtmlPieces, colon: string): string {
  const fact = ({ label, value }: { label: string; value: string }) =>
    wrapText(`${label}${colon} ${value.replaceAll('\n', '\n  ')}`, '  ')
  // Links stand alone on their line, unwrapped: mail programs then recognise the whole of them.
  const linkLines = ({ label, url }: MailLink) => `${wrapText(label + colon)}\n${url}`
  const blocks = [
    wrapText(pieces.title),
    ...pieces.paragraphs.map((paragraph) => wrapText(paragraph)),
    pieces.facts.map(fact).join('\n'),
    pieces.button ? linkLines(pieces.button) : '',
    ...pieces.afterButton.map((paragraph) => wrapText(paragraph)),
    ...pieces.links.map(linkLines),
    `-- \n${pieces.brand} ♥\n${wrapText(pieces.reason)}`,
    pieces.unsubscribe ? linkLines(pieces.unsubscribe) : '',
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function link({ label, url }: MailLink): MailLink {
  const ours =
    isCapabilityPlaceholder(url) || (/^https?:\/\/[^\s"<>{}]+$/.test(url) && URL.canParse(url))
  if (!ours) throw new Error('a link in a mail is an http(s) address or a capability placeholder')
  return { label: cleanLine(label), url }
}
