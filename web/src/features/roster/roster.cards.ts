import type { DrawingName } from '../../ui/drawings/Drawing.tsx'

/** The letter in the corner of a role's card; two roles beginning alike still differ. */
const initials: Record<string, string> = {
  support_operator: 'A',
  service_operator: 'S',
  callback_operator: 'R',
  shop_seller: 'V',
  field_technician: 'T',
}

export const initialOf = (role: { code?: string; nameFr: string }): string =>
  initials[role.code ?? ''] ?? role.nameFr.slice(0, 1).toUpperCase()

/** The drawing a role names; a heart for none, and for a name this app does not know. */
export function drawingOf(role: { drawing: string } | undefined): DrawingName {
  if (role?.drawing === 'callback') return 'callBack'
  const known: DrawingName[] = ['headset', 'counter', 'van', 'office']
  return known.find((name) => name === role?.drawing) ?? 'heart'
}
