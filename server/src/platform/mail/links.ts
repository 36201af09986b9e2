import { type CapabilityRoutes, fillCapabilities, hideCapabilities } from '../capabilities.ts'
import { foldCalendar, unfoldCalendar } from './calendar.lines.ts'

/** The parts of a stored mail that may hold link placeholders. */
export type LinkedParts = {
  text: string
  html: string
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string } | null
  unsubscribeUrl?: string | null
}

/** The mail as it leaves, with real links; call it at the moment of sending and store nothing of it. */
export function fillMailLinks<T extends LinkedParts>(
  mail: T,
  secret: string,
  publicUrl: string,
  routes: CapabilityRoutes,
): T {
  const known = new Map<string, string>()
  return changeLinks(mail, (text) => fillCapabilities(text, secret, publicUrl, routes, known))
}

/** The mail as somebody else may read it: every personal link shows only the label. */
export function hideMailLinks<T extends LinkedParts>(mail: T, label: string): T {
  return changeLinks(mail, (text) => hideCapabilities(text, label))
}

function changeLinks<T extends LinkedParts>(mail: T, change: (text: string) => string): T {
  const changed: T = { ...mail, text: change(mail.text), html: change(mail.html) }
  // Folding may cut a placeholder in two: calendar lines are joined, changed and folded anew.
  if (mail.calendar) {
    const content = foldCalendar(unfoldCalendar(mail.calendar.content).map(change))
    changed.calendar = { ...mail.calendar, content }
  }
  if (mail.unsubscribeUrl) changed.unsubscribeUrl = change(mail.unsubscribeUrl)
  return changed
}
