import type { StandardRole } from '#shared/roster/roster.vocabulary.ts'
import { fold } from './roster.values.ts'

/** The key of a job title in the region's table: « Téléopérateur » and "TELEOPERATEUR" are one. */
export function jobTitleKey(title: string): string {
  return fold(title)
}

/** Order matters: somebody who calls unhappy customers back may be called a customer service agent too. */
const hints: [RegExp, StandardRole][] = [
  [/\b(rappels?|call ?back)\b/, 'callback_operator'],
  [/\b(boutique|magasin|shop|store|retail|vend(eur|euse)s?)\b/, 'shop_seller'],
  [
    /\b(technicien(ne)?|technician|engineer) .*\b(intervention|field|terrain)\b|\bfield (technician|engineer)\b/,
    'field_technician',
  ],
  [
    /\b(tele(operat|conseill)|charge(e)? de clientele|call ?cent|agent|advis|operat).*\b(assistance|technique|technical|support)\b|\btechnical support (agent|advis|operator)/,
    'support_operator',
  ],
  [
    /\b(tele(operat|conseill)\p{L}*|customer service (agent|advis\p{L}*|operator)|call cent(er|re) (agent|operator))\b/u,
    'service_operator',
  ],
]

/** A first guess for a job title nobody has mapped yet; the director decides. Null: no role to shadow. */
export function suggestRole(title: string): StandardRole | null {
  const folded = fold(title)
  return hints.find(([pattern]) => pattern.test(folded))?.[1] ?? null
}
