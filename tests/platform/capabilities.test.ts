import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  capabilityPlaceholder,
  deriveToken,
  fillCapabilities,
  hideCapabilities,
  isCapabilityPlaceholder,
  neutraliseCapabilities,
  readToken,
  verifyToken,
} from '#server/platform/capabilities.ts'

const secret = 'a secret of the installation'
const id = '0192a0b4-7c1e-7d2f-8a3b-4c5d6e7f8091'
const other = '0192a0b4-7c1e-7d2f-8a3b-4c5d6e7f8092'
const routes = { slot: '/creneau/', 'sign-in': '/connexion/' }

describe('a token', () => {
  test('tells its id and is believed for its own kind, id and generation only', () => {
    const token = deriveToken(secret, 'slot', id, 3)
    expect(token).toMatch(/^[\w-]{22}\.[\w-]{22}$/)
    expect(readToken(token)?.id).toBe(id)
    expect(verifyToken(secret, 'slot', token, 3)).toBe(true)
    expect(verifyToken(secret, 'slot', token, 4)).toBe(false)
    expect(verifyToken(secret, 'placement', token, 3)).toBe(false)
    expect(verifyToken('another secret', 'slot', token, 3)).toBe(false)
    const [, mac] = token.split('.')
    const [otherId] = deriveToken(secret, 'slot', other, 3).split('.')
    expect(verifyToken(secret, 'slot', `${otherId}.${mac}`, 3)).toBe(false)
  })

  test('is refused after a change of any one character, spare bits included', () => {
    const token = deriveToken(secret, 'slot', id, 0)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.='
    for (let at = 0; at < token.length; at++)
      for (const letter of alphabet) {
        if (letter === token[at]) continue
        const tampered = token.slice(0, at) + letter + token.slice(at + 1)
        expect(verifyToken(secret, 'slot', tampered, 0), tampered).toBe(false)
      }
  })

  test('that is no token at all is refused without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(verifyToken(secret, 'slot', text, 0)).toBe(false)
      }),
    )
    expect(verifyToken(secret, 'slot', `${deriveToken(secret, 'slot', id, 0)}\n`, 0)).toBe(false)
  })
})

describe('placeholders in a mail', () => {
  const placeholder = capabilityPlaceholder('slot', id, 1)

  test('become working links, all in one pass', () => {
    const text = `Un ${placeholder}\nDeux ${capabilityPlaceholder('sign-in', other, 0)}`
    expect(fillCapabilities(text, secret, 'https://coeur.example/', routes)).toBe(
      `Un https://coeur.example/creneau/${deriveToken(secret, 'slot', id, 1)}\n` +
        `Deux https://coeur.example/connexion/${deriveToken(secret, 'sign-in', other, 0)}`,
    )
  })

  test('of a kind nobody routed stop the mail', () => {
    const stray = capabilityPlaceholder('constructor', id, 0)
    expect(() => fillCapabilities(stray, secret, 'https://x.example', routes)).toThrow(/no route/)
  })

  test('show only a label in a preview, and an href leads nowhere', () => {
    const html = `<a href="${placeholder}">Oui</a> ou ${placeholder}`
    expect(hideCapabilities(html, '[lien personnel]')).toBe(
      '<a href="#">Oui</a> ou [lien personnel]',
    )
  })

  test('cannot be made by what a person writes', () => {
    const injections = [placeholder, `{${placeholder}}`, `{{{${placeholder}`]
    for (const name of injections) {
      const safe = neutraliseCapabilities(name)
      expect(safe).not.toContain('{{')
      expect(fillCapabilities(safe, secret, 'https://x.example', routes)).toBe(safe)
      expect(safe.replaceAll('\u200B', '')).toBe(name)
    }
  })

  test('are recognised only whole and alone', () => {
    expect(isCapabilityPlaceholder(placeholder)).toBe(true)
    expect(isCapabilityPlaceholder(placeholder + placeholder)).toBe(false)
    expect(isCapabilityPlaceholder(`${placeholder}x`)).toBe(false)
    expect(isCapabilityPlaceholder('')).toBe(false)
  })

  test('are made only from well-formed parts', () => {
    expect(() => capabilityPlaceholder('slot', 'not-a-uuid', 0)).toThrow()
    expect(() => capabilityPlaceholder('sl:ot', id, 0)).toThrow()
    expect(() => capabilityPlaceholder('slot', id, -1)).toThrow()
  })
})
