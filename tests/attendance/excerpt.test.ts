import { describe, expect, it } from 'vitest'
import { shippedKit } from '#server/features/kits/kits.shipped.ts'
import { type Kit, kitSections } from '#shared/kits/kits.vocabulary.ts'
import { standardRoles } from '#shared/roster/roster.vocabulary.ts'
import { isCut, linesOnPaper, onPaper } from '#web/features/attendance/attendance.excerpt.ts'

const shipped = (role: string) => shippedKit(role, 'fr')!

describe('a kit on the printed sheet', () => {
  it.each(standardRoles)('keeps of %s what one needs on the spot', (role) => {
    const kit = shipped(role)
    const paper = onPaper(kit, linesOnPaper)
    for (const section of ['notice', 'refusal', 'safety', 'dos', 'donts', 'script'] as const) {
      expect(paper[section], section).toEqual(kit[section])
    }
  })

  it('leaves nothing out where there is room for everything', () => {
    const kit = shipped('shop_seller')
    expect(isCut(kit, onPaper(kit, linesOnPaper))).toBe(false)
    expect(isCut(kit, onPaper(kit, 30))).toBe(true)
  })

  it('does not let one very long part push out what others need to know', () => {
    const long = Array.from({ length: 12 }, () => ({ title: '', text: 'x'.repeat(240) }))
    const kit: Kit = { ...shipped('field_technician'), notice: long }
    const paper = onPaper(kit, linesOnPaper)
    expect(paper.notice.length).toBeGreaterThan(3)
    expect(paper.notice.length).toBeLessThan(12)
    expect(paper.refusal).toEqual(kit.refusal)
    expect(paper.safety).toEqual(kit.safety)
  })

  it('has no line of a kit that says nothing', () => {
    const nothing = Object.fromEntries(
      kitSections.map((section) => [section, []]),
    ) as unknown as Kit
    expect(onPaper(nothing, linesOnPaper)).toEqual(nothing)
  })
})
