import { expect, it } from 'vitest'
import { cardPause, type KeptCard, keyOf, leftOf } from '#web/features/thanks/thanks.entry.ts'

const written: KeptCard = {
  how: 'card',
  door: { by: 'day', dayId: 'the-day', accountId: 'alice' },
  card: { words: 'Merci Marion', signed: true },
}

it('keeps one card a place, of each person on a shared device', () => {
  const other = { ...written.door, accountId: 'bruno' } as KeptCard['door']
  expect(keyOf(written.door)).toBe(keyOf({ ...written.door }))
  expect(keyOf(other)).not.toBe(keyOf(written.door))
})

it('forgets what was sent, keeps what can be tried again, and notes a no', () => {
  expect(leftOf(written, written, 'sent')).toBeUndefined()
  expect(leftOf(written, written, 'later')).toEqual(written)
  expect(leftOf(written, written, { no: 'Trop tard' })).toEqual({
    ...written,
    refused: 'Trop tard',
  })
})

it('keeps what was rewritten on the way, and brings nothing back that was taken back', () => {
  const rewritten = { ...written, card: { words: 'Merci !', signed: false } }
  expect(leftOf(rewritten, written, 'sent')).toEqual(rewritten)
  expect(leftOf(undefined, written, { no: 'Trop tard' })).toBeUndefined()
})

it('stays behind twenty seconds to three minutes, so as not to stand beside an observation', () => {
  expect(cardPause(0)).toBe(20_000)
  expect(cardPause(1)).toBe(180_000)
})
