import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameFilter } from '#server/features/observations/observations.names.rules.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { firstNames } from '#web/features/observations/names/names.lists.ts'
import { type MaskWords, maskAll } from '#web/features/observations/names/names.mask.ts'
import { colleaguesIn } from '#web/features/observations/names/names.roster.ts'
import { nobodyKnown, spot } from '#web/features/observations/names/names.spot.ts'
import { folded } from '#web/features/observations/names/names.words.ts'
import { colleagues, corpus, filter, masked, precision, recall, score } from './names.corpus.ts'
import { namesModule } from './names.draw.ts'

const words: Record<Language, MaskWords> = {
  fr: {
    phone: '[numéro]',
    mail: '[adresse mail]',
    address: '[adresse]',
    reference: '[référence]',
    person: '[nom]',
  },
  en: {
    phone: '[number]',
    mail: '[email]',
    address: '[address]',
    reference: '[reference]',
    person: '[name]',
  },
}

const maskedIn = (text: string, language: Language = 'fr', known = nobodyKnown) =>
  maskAll(text, language, known, words[language])

describe('what is spotted in the half of the corpus nobody tuned on', () => {
  const reported = corpus.filter(({ half }) => half === 'reported')

  it('is a corpus of both languages, about half of it with something to spot', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(240)
    expect(reported.length).toBeGreaterThan(corpus.length * 0.4)
    const french = corpus.filter(({ language }) => language === 'fr').length
    expect(french / corpus.length).toBeGreaterThan(0.6)
    const telling = corpus.filter(({ marked }) => marked.length > 0).length
    expect(telling / corpus.length).toBeGreaterThan(0.4)
    expect(telling / corpus.length).toBeLessThan(0.6)
  })

  // What `npm run bench:names` says, less what one sentence more or less would change.
  it('stays above its floors', () => {
    const all = score(reported)
    expect(precision(all)).toBeGreaterThan(0.93)
    expect(recall(all)).toBeGreaterThan(0.9)
    expect(masked(all)).toBeGreaterThan(0.89)
    expect(recall(score(reported, 'phone'))).toBe(1)
  })
})

describe('masking', () => {
  it.each([
    ['Mme Durand attend.', 'Mme [nom] attend.'],
    ['Merci à Rose, pas à la marine.', 'Merci à [nom], pas à la marine.'],
    ['Marie-Thérèse L. attend.', '[nom] attend.'],
    ['M. D. rappelle au 06 12 34 56 78.', 'M. [nom] rappelle au [numéro].'],
    [
      'mme le guen habite au 12 bis rue des Lilas, 33000 Bordeaux',
      'mme le guen habite au [adresse]',
    ],
    [
      'Écrire à anne@exemple.fr, contrat 4587-221-09.',
      'Écrire à [adresse mail], contrat [référence].',
    ],
    [
      'Pierre m’a dit : Rose après rose, Claire est partie.',
      '[nom] m’a dit : Rose après rose, [nom] est partie.',
    ],
    ['Rappel sous 48 h, 2 fois, 45 minutes, 29,99 €, la 4G et la Filobox 6.', null],
    ['« 10 de cœur » le 12 mars 2027 à 14 h 30, 3 000 appels.', null],
    ['Petit détail : la place Gambetta est claire.', null],
    ['zéro six douze trente-quatre cinquante-six', null],
  ])('%s', (text, expected) => {
    expect(maskedIn(text)).toBe(expected ?? text)
  })

  it('speaks the reader’s language', () => {
    expect(maskedIn('Will said Mr Smith is at 4 Elm Street.', 'en')).toBe(
      '[name] said Mr [name] is at [address].',
    )
    expect(maskedIn('Will a customer ever know?', 'en')).toBe('Will a customer ever know?')
  })

  it('finds colleagues by their region’s filter alone', () => {
    expect(maskedIn('Voir avec Bidegain.')).toBe('Voir avec Bidegain.')
    expect(maskedIn('Voir avec Bidegain.', 'fr', colleagues)).toBe('Voir avec [nom].')
  })
})

describe('whatever one types', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(...corpus.flatMap(({ text }) => text.split(' '))),
    fc.constantFrom(
      'M. ',
      'Mme ',
      'd’',
      '12 rue ',
      '@',
      '+33',
      '06',
      '\n',
      '[nom]',
      'É',
      '😀',
      '٣',
    ),
  )
  const anything = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' '))
  const language = fc.constantFrom<Language>('fr', 'en')

  it('never fails, and finds pieces inside the text, in order and apart', () => {
    fc.assert(
      fc.property(anything, language, (text, spoken) => {
        let end = 0
        for (const one of spot(text, spoken, colleagues)) {
          expect(one.start).toBeGreaterThanOrEqual(end)
          expect(one.end).toBeGreaterThan(one.start)
          expect(one.end).toBeLessThanOrEqual(text.length)
          end = one.end
        }
      }),
    )
  })

  it('leaves nothing to mask once everything is masked', () => {
    fc.assert(
      fc.property(anything, language, (text, spoken) => {
        const once = maskedIn(text, spoken, colleagues)
        expect(spot(once, spoken, colleagues)).toEqual([])
        expect(maskedIn(once, spoken, colleagues)).toBe(once)
      }),
    )
  })

  it('takes ten thousand characters of anything', () => {
    for (const written of ['A', '06 12 ', '😀', 'Marie ', '@', '(+33', '12 rue de la ']) {
      const text = written.repeat(10_000 / written.length)
      expect(spot(maskedIn(text), 'fr')).toEqual([])
    }
  })
})

describe('the filter of the region’s names', () => {
  const people = [
    { firstName: 'Gaëtane', lastName: 'Lafargue' },
    { firstName: 'Jean-Noël', lastName: 'Ould-Amar' },
    { firstName: 'Œdipe', lastName: 'Dell’Olmo' },
    { firstName: 'Bartholomé-Maximilien', lastName: 'Vandenberghe-Wittgenstein' },
    { firstName: 'Ｎａｍｅ', lastName: 'Łukasiewicz' },
    { firstName: 'أمينة', lastName: '李' },
  ]
  const knows = colleaguesIn(nameFilter(people, 'saltsalt'))

  it('is read by the device as the server wrote it', () => {
    for (const { firstName, lastName } of people.slice(0, 5)) {
      for (const part of folded(firstName).split(/[^\p{L}]+/u))
        expect(knows('first', part)).toBe(true)
      for (const part of folded(lastName).split(/[^\p{L}]+/u))
        expect(knows('last', part)).toBe(true)
    }
    expect(knows('last', 'gaetane')).toBe(false)
    expect(knows('first', 'durand')).toBe(false)
  })

  it('is small and seldom wrong for a region of 2,900', () => {
    expect(filter.bits.length).toBeLessThan(15_000)
    const others = [...new Set(firstNames.trim().split(/\s+/))].map((word) => `${word}zz`)
    const wrong = others.filter((word) => colleagues('last', word)).length
    expect(others.length).toBeGreaterThan(4_000)
    expect(wrong / others.length).toBeLessThan(0.001)
  })

  it('knows nobody where nobody is', () => {
    expect(colleaguesIn(nameFilter([], 'saltsalt'))('first', 'marie')).toBe(false)
  })

  it('takes no ordinary word for a colleague in a region of eight, whatever the salt', () => {
    const few = [...'abcdefgh'].map((letter) => ({
      firstName: `Prenom${letter}`,
      lastName: 'Petit',
    }))
    const said = ['personne', 'ecrit', 'rien', 'retrouve', 'bonjour', 'facture']
    const taken = Array.from({ length: 500 }, (_, n) =>
      colleaguesIn(nameFilter(few, `salt${n}`)),
    ).flatMap((knows) => said.filter((word) => knows('first', word) || knows('last', word)))
    expect(taken).toEqual([])
  })
})

describe('the open lists', () => {
  it('are what the script writes', () => {
    const written = '../../web/src/features/observations/names/names.lists.ts'
    expect(readFileSync(new URL(written, import.meta.url), 'utf8')).toBe(namesModule())
  })
})
