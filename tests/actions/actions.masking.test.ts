import { expect, it } from 'vitest'
import { areWordsOf } from '#server/features/actions/actions.changes.rules.ts'
import { maskedAt, piecesOf } from '#web/features/actions/actions.masking.ts'

const said = 'L’avis de Jean-Paul Élissalde, dit « Popo », puis [nom].'
const pieces = piecesOf(said)
const placesOf = (...words: string[]) =>
  new Set(words.map((word) => pieces.findIndex(({ text }) => text === word)))

it('cuts a sentence into words that can be masked, and nothing is lost between them', () => {
  expect(pieces.map(({ text }) => text).join('')).toBe(said)
  expect(pieces.flatMap(({ text, isWord }) => (isWord ? text : []))).toEqual([
    'L’avis',
    'de',
    'Jean-Paul',
    'Élissalde',
    'dit',
    'Popo',
    'puis',
  ])
})

it('masks what was chosen, two words side by side as one, in a way the server takes', () => {
  const masked = maskedAt(pieces, placesOf('Jean-Paul', 'Élissalde', 'Popo'), '[nom]')
  expect(masked).toBe('L’avis de [nom], dit « [nom] », puis [nom].')
  expect(areWordsOf(said, masked)).toBe(true)
  expect(maskedAt(pieces, new Set(), '[nom]')).toBe(said)
})
