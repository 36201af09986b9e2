import { describe, expect, it } from 'vitest'
import { shippedKit } from '#server/features/kits/kits.shipped.ts'
import { kitSections, titledSections } from '#shared/kits/kits.vocabulary.ts'
import { standardRoles } from '#shared/roster/roster.vocabulary.ts'
import { contentLanguages } from '#shared/vocabulary/content-language.ts'

const kit = (role: string, language: 'fr' | 'en' | 'nl') => shippedKit(role, language)!

/** Only calling back has words of its own to say. */
const ofCallBacks = ['script', 'opens', 'closes', 'anger'] as const

describe.each(standardRoles)('the shipped kit of %s', (role) => {
  it('says as much in each language: the same parts, line for line', () => {
    for (const language of contentLanguages) {
      for (const section of kitSections) {
        const french = kit(role, 'fr')[section]
        expect(kit(role, language)[section], `${language} ${section}`).toHaveLength(french.length)
      }
    }
  })

  it('fills every part, the words to say for call-backs only', () => {
    for (const section of kitSections) {
      const lines = kit(role, 'fr')[section]
      const spoken = ofCallBacks.some((one) => one === section)
      const wanted = !spoken || role === 'callback_operator'
      expect(lines.length > 0, section).toBe(wanted)
      const titled = titledSections.some((one) => one === section)
      expect(
        lines.every(({ title }) => (title !== '') === titled),
        section,
      ).toBe(true)
    }
    expect(kit(role, 'fr').story).toHaveLength(3)
  })

  it('tells guests to leave operators unassessed, phones away and nobody’s data noted', () => {
    const donts = kit(role, 'fr')
      .donts.map(({ text }) => text)
      .join('\n')
    for (const word of ['Évaluer', 'téléphone', 'Noter un nom']) expect(donts).toContain(word)
  })

  it('is printed as each language is', () => {
    for (const language of contentLanguages) {
      const texts = Object.values(kit(role, language)).flat()
      for (const { title, text } of texts) {
        expect(`${title} ${text}`, 'straight quotes look typed').not.toMatch(/['"]/)
        if (language === 'fr') {
          expect(`${title} ${text}`).not.toMatch(/[^\s:] [;:!?»]|« |coeur/)
        }
      }
    }
  })
})
