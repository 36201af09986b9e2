import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { feelings } from '#shared/reminders/reminders.story.ts'

const css = readFileSync(new URL('../../web/src/ui/base.css', import.meta.url), 'utf8')

/** The sRGB channels (0 to 1) of a colour variable of base.css. */
function channels(name: string): number[] {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(css)?.[1]
  if (!hex) throw new Error(`base.css names no colour --${name}`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
}

/** Contrast ratio of two colours, WCAG 2.2, "relative luminance" and "contrast ratio". */
function contrast(one: string, other: string): number {
  const [light, dark] = [one, other]
    .map((name) => {
      const [r, g, b] = channels(name).map((c) =>
        c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    })
    .sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

describe('the colours of the look', () => {
  const grounds = ['paper', 'paper-deep', 'card', 'orange', 'orange-deep', 'orange-soft']
  it.each([...grounds, 'orange-mist', 'heart-soft'])('lets ink be read on %s', (ground) => {
    expect(contrast('ink', ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(feelings)('lets ink be read on %s', (feeling) => {
    expect(contrast('ink', `feeling-${feeling}`)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['paper', 'paper-deep', 'card', 'orange-mist', 'orange-soft'])(
    'lets secondary text be read on %s',
    (ground) => {
      expect(contrast('ink-soft', ground)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(['paper', 'card', 'heart-soft'])('lets an alert be read on %s', (ground) => {
    expect(contrast('heart', ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('lets the grey zone be read on a disabled ground', () => {
    expect(contrast('grey-zone', 'paper-deep')).toBeGreaterThanOrEqual(4.5)
  })

  it('draws the edge of a field so that it is seen', () => {
    expect(contrast('line-strong', 'card')).toBeGreaterThanOrEqual(3)
    expect(contrast('line-strong', 'paper')).toBeGreaterThanOrEqual(3)
  })
})
