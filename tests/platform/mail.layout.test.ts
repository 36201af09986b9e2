import { describe, expect, test } from 'vitest'
import { capabilityPlaceholder, deriveToken } from '#server/platform/capabilities.ts'
import { composeMail, type MailContent } from '#server/platform/mail/layout.ts'
import { fillMailLinks, hideMailLinks } from '#server/platform/mail/links.ts'

const id = '0192a0b4-7c1e-7d2f-8a3b-4c5d6e7f8091'
const secret = 'a secret'
const routes = { slot: '/creneau/', 'opt-out': '/desinscription/' }

const offer: MailContent = {
  language: 'fr',
  preheader: 'Une carte à votre nom pour le jeudi 20 mai.',
  title: 'Accueilleriez-vous un·e collègue ?',
  paragraphs: [
    'Bonjour Maëlle,',
    'Le jeudi 20 mai, quelques personnes de la région aimeraient passer une matinée à vos côtés. Dites-nous en un geste si cela vous convient.',
  ],
  facts: [
    { label: 'Quand', value: 'jeudi 20 mai 2027, de 8 h 45 à 12 h 15' },
    { label: 'Où', value: 'Boutique Dax\n12 rue des Carmes' },
  ],
  button: { label: 'Répondre', url: capabilityPlaceholder('slot', id, 0) },
  afterButton: ['Sans réponse avant le 3 mai, rien ne vous sera attribué.'],
  links: [{ label: 'Comprendre la journée', url: 'https://coeur.example/journee' }],
  footer: {
    reason: 'Vous recevez ce message car un créneau a été préparé à votre nom.',
    unsubscribeUrl: capabilityPlaceholder('opt-out', id, 0),
  },
}

describe('a composed mail', () => {
  test('says everything in both parts', () => {
    const { text, html } = composeMail(offer)
    const said = [
      offer.title,
      ...offer.paragraphs,
      ...offer.facts!.flatMap(({ label, value }) => [label, ...value.split('\n')]),
      ...offer.afterButton!,
      'Comprendre la journée',
      'https://coeur.example/journee',
      offer.footer.reason,
      offer.button!.url,
      offer.footer.unsubscribeUrl!,
    ]
    const unwrapped = text.replace(/\s+/g, ' ')
    for (const part of said) {
      expect(unwrapped).toContain(part)
      expect(html).toContain(part)
    }
  })

  test('wraps its text at 72 columns and leaves each link alone on its line', () => {
    const { text } = composeMail(offer)
    const lines = text.split('\n')
    for (const url of [offer.button!.url, 'https://coeur.example/journee'])
      expect(lines).toContain(url)
    for (const line of lines)
      if (!/^(https?:|\{\{)/.test(line)) expect([...line].length).toBeLessThanOrEqual(72)
  })

  test('escapes every value a person may have typed', () => {
    const nasty = `<script>alert("1")</script> & 'x' <img src=x onerror=y>`
    const { html } = composeMail({
      ...offer,
      preheader: nasty,
      title: nasty,
      paragraphs: [nasty],
      facts: [{ label: nasty, value: nasty }],
      button: { label: nasty, url: offer.button!.url },
      afterButton: [nasty],
      links: [{ label: nasty, url: 'https://coeur.example/?a=1&b=2' }],
      footer: { reason: nasty },
    })
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
    expect(html.split('&lt;script&gt;')).toHaveLength(11)
    expect(html).toContain('href="https://coeur.example/?a=1&amp;b=2"')
  })

  test('refuses links that are neither web addresses nor placeholders', () => {
    for (const url of [
      'javascript:alert(1)',
      'https://x.example/{{capability:slot',
      '/creneau',
      '',
    ])
      expect(() => composeMail({ ...offer, button: { label: 'Oui', url } }), url).toThrow()
  })

  test('loads nothing from anywhere', () => {
    expect(composeMail(offer).html).not.toMatch(/<img|<link|url\(|@import|<script/)
  })
})

describe('links on leaving', () => {
  const composed = composeMail(offer)
  const url = `https://coeur.example/creneau/${deriveToken(secret, 'slot', id, 0)}`

  test('are the same in text and HTML', () => {
    const filled = fillMailLinks(composed, secret, 'https://coeur.example', routes)
    expect(filled.text.split('\n')).toContain(url)
    expect(filled.html).toContain(`href="${url}"`)
    expect(filled.text + filled.html).not.toContain('{{')
  })

  test('are only a label for whoever previews the mail', () => {
    const hidden = hideMailLinks(composed, '[lien personnel]')
    expect(hidden.text.split('\n')).toContain('[lien personnel]')
    expect(hidden.text + hidden.html).not.toContain('capability:')
    expect(hidden.html).toContain('href="#"')
  })

  test('cannot come from a name', () => {
    const injected = capabilityPlaceholder('slot', id, 7)
    const stolen = deriveToken(secret, 'slot', id, 7)
    const mail = composeMail({
      ...offer,
      title: injected,
      preheader: injected,
      paragraphs: [`Bonjour ${injected}`],
      facts: [{ label: injected, value: `{${injected}` }],
      afterButton: [injected],
      footer: { reason: injected },
    })
    const filled = fillMailLinks(mail, secret, 'https://coeur.example', routes)
    expect(filled.text + filled.html).not.toContain(stolen)
    expect(filled.text).toContain(url)
  })

  test('survive the folding of a calendar', () => {
    const line = `URL:${capabilityPlaceholder('slot', id, 0)}`
    const folded = `BEGIN:VEVENT\r\n${line.slice(0, 40)}\r\n ${line.slice(40)}\r\nEND:VEVENT\r\n`
    const mail = { ...composed, calendar: { method: 'REQUEST' as const, content: folded } }
    const content = fillMailLinks(mail, secret, 'https://coeur.example', routes).calendar.content
    expect(content.replaceAll('\r\n ', '')).toBe(`BEGIN:VEVENT\r\nURL:${url}\r\nEND:VEVENT\r\n`)
    for (const part of content.split('\r\n')) expect(Buffer.byteLength(part)).toBeLessThan(76)
  })
})
