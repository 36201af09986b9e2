import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newFollowCode,
  newObservationId,
  observationIdOf,
  readFollowCode,
  secretHashOf,
  sha256,
  spelled,
} from '#web/features/observations/observations.secret.ts'

describe('the code an anonymous author holds', () => {
  it('hashes as the server hashes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 55, unit: 'binary-ascii' }), (text) => {
        const expected = createHash('sha256').update(text).digest('hex')
        expect(Buffer.from(sha256(text)).toString('hex')).toBe(expected)
      }),
    )
    const code = newFollowCode()
    expect(secretHashOf(code)).toBe(createHash('sha256').update(code).digest('hex'))
  })

  it('stands for one random-looking identifier, always the same', () => {
    const code = newFollowCode()
    const uuidv4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(observationIdOf(code)).toMatch(uuidv4)
    expect(observationIdOf(code)).toBe(observationIdOf(code))
    expect(observationIdOf(newFollowCode())).not.toBe(observationIdOf(code))
    expect(newObservationId()).toMatch(uuidv4)
  })

  it('is read back from paper, whatever case, dashes and look-alikes', () => {
    const code = newFollowCode()
    expect(readFollowCode(spelled(code))).toBe(code)
    expect(readFollowCode(` ${spelled(code).toLowerCase()} `)).toBe(code)
    expect(readFollowCode('OIL00-00000-00000-00000-00000')).toBe('0110000000000000000000000')
    expect(readFollowCode('too short')).toBeUndefined()
  })
})
