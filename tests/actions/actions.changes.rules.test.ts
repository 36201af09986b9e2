import { expect, it } from 'vitest'
import { areWordsOf } from '#server/features/actions/actions.changes.rules.ts'

const original = 'Demandez à Marion Dubois, ou à Paul : il attend. '

it('takes words that leave out a name, and none that somebody did not say', () => {
  const said = (words: string) => areWordsOf(original, words)
  expect(said('Demandez à Marion Dubois, ou à Paul : il attend.')).toBe(true)
  expect(said('Demandez à [nom], ou à Paul : il attend.')).toBe(true)
  expect(said('Demandez à [nom], ou à [nom] : il attend.')).toBe(true)
  expect(said('[nom] : il attend.')).toBe(true)
  expect(said('Demandez à [adresse mail]')).toBe(true)
  for (const put of [
    'Demandez à [nom], ou à Paul : il attend toujours.',
    'Il attend. [nom], ou à Paul.',
    'Demandez à [nom], ou à [nom], ou à [nom] : il attend.',
    'Demandez à [n’importe quoi ! Vraiment.], ou à Paul : il attend.',
    'Demandez à Marion Dubois',
    '',
  ]) {
    expect(said(put), put).toBe(false)
  }
})

it('takes an overlapping beginning and end for no mask at all', () => {
  expect(areWordsOf('abc', 'abc[nom]abc')).toBe(false)
  expect(areWordsOf('abcabc', 'abc[nom]abc')).toBe(true)
})

it('lets no mask swallow what was said', () => {
  const long = `Début. ${'Et encore une phrase. '.repeat(8)}Fin.`
  expect(areWordsOf(long, 'Début. [nom] Fin.')).toBe(false)
})

it('leaves a mask of the author where it stands', () => {
  expect(areWordsOf('Le dossier de [nom] est perdu.', 'Le dossier de [nom] est perdu.')).toBe(true)
})
