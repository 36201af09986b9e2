import { describe, expect, it } from 'vitest'
import { nobody } from '#web/app/reader.ts'
import { isReadable, isToGo } from '#web/features/observations/observations.codes.ts'

const [anne, basile] = ['anne', 'basile']
const code = (reader: string) => ({ code: 'A'.repeat(25), reader })

describe('the code of an anonymous observation on a device that may be shared', () => {
  const owner = undefined

  it('is read by who put it, and by nobody else', () => {
    expect(isReadable(code(anne), anne, owner)).toBe(true)
    expect(isReadable(code(anne), basile, owner)).toBe(false)
    expect(isReadable(code(anne), nobody, owner)).toBe(false)
    expect(isReadable(code(nobody), basile, owner)).toBe(false)
  })

  it('goes when its author signs out or another signs in, not when a session runs out', () => {
    expect(isToGo(code(anne), nobody, owner, true)).toBe(true)
    expect(isToGo(code(anne), basile, owner, false)).toBe(true)
    expect(isToGo(code(anne), nobody, owner, false)).toBe(false)
    expect(isToGo(code(anne), anne, owner, false)).toBe(false)
  })
})

describe('the code on a device somebody said is theirs alone', () => {
  it('stays when its owner leaves, is read signed out, and never by another account', () => {
    expect(isToGo(code(anne), nobody, anne, true)).toBe(false)
    expect(isToGo(code(anne), basile, anne, false)).toBe(false)
    expect(isReadable(code(anne), nobody, anne)).toBe(true)
    expect(isReadable(code(anne), basile, anne)).toBe(false)
  })

  it('goes with whoever borrowed the device', () => {
    expect(isToGo(code(basile), nobody, anne, true)).toBe(true)
    expect(isToGo(code(basile), anne, anne, false)).toBe(true)
  })

  it('is read after signing in, too, where it was put by a link', () => {
    expect(isReadable(code(nobody), anne, nobody)).toBe(true)
    expect(isToGo(code(nobody), anne, nobody, false)).toBe(false)
  })
})
