import { createHmac, timingSafeEqual } from 'node:crypto'

/** Kind of link → where its page lives, e.g. `{ slot: '/creneau/' }`. Told by whoever wires the app. */
export type CapabilityRoutes = Readonly<Record<string, string>>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const kindName = /^[a-z][a-z-]*$/
const placeholder =
  /\{\{capability:([a-z][a-z-]*):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(0|[1-9]\d*)\}\}/g
const macBytes = 16

/**
 * Stands for a personal link until the mail leaves: stored mails hold no link anybody could use.
 * Made only of characters that HTML escaping, text wrapping and iCalendar escaping leave alone.
 */
export function capabilityPlaceholder(kind: string, id: string, generation: number): string {
  checkCapability(kind, id, generation)
  return `{{capability:${kind}:${id}:${generation}}}`
}

/** True when the text is exactly one placeholder. */
export function isCapabilityPlaceholder(text: string): boolean {
  return text.replace(placeholder, '') === '' && text.match(placeholder)?.length === 1
}

/**
 * Makes text that people wrote unable to become a link: no `{{` survives in it.
 * A zero-width space keeps it looking as it was written.
 */
export function neutraliseCapabilities(value: string): string {
  return value.replace(/\{(?=\{)/g, '{\u200B')
}

/**
 * The secret part of a link: base64url of the id's 16 bytes, a dot, and base64url of the first
 * 16 bytes of HMAC-SHA256(secret, "kind:id:generation"). Raising the generation revokes it.
 */
export function deriveToken(secret: string, kind: string, id: string, generation: number): string {
  checkCapability(kind, id, generation)
  const idBytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  return `${idBytes.toString('base64url')}.${macOf(secret, kind, id, generation).toString('base64url')}`
}

/** Takes a token apart without believing it; null for anything not written exactly as we write it. */
export function readToken(token: string): { id: string; mac: Buffer } | null {
  if (!/^[\w-]{22}\.[\w-]{22}$/.test(token)) return null
  const [idPart, macPart] = token.split('.') as [string, string]
  const idBytes = Buffer.from(idPart, 'base64url')
  const mac = Buffer.from(macPart, 'base64url')
  // base64url has spare bits in its last letter: only the canonical spelling is ours.
  if (idBytes.toString('base64url') !== idPart || mac.toString('base64url') !== macPart) return null
  const hex = idBytes.toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { id, mac }
}

/** Whether the token was made by us for this kind and generation; takes the same time either way. */
export function verifyToken(
  secret: string,
  kind: string,
  token: string,
  generation: number,
): boolean {
  const read = readToken(token)
  if (!read) return false
  return timingSafeEqual(read.mac, macOf(secret, kind, read.id, generation))
}

/**
 * What a token is worth: `current`; `former` where a later generation took its place; `none` where it
 * was never ours. Whoever holds a former one had a link once, and may be told that it was replaced.
 */
export function worthOf(
  secret: string,
  kind: string,
  token: string,
  generation: number,
): 'current' | 'former' | 'none' {
  if (verifyToken(secret, kind, token, generation)) return 'current'
  // Generations are few: one a renewal, by hand.
  for (let before = generation - 1; before > 0; before--) {
    if (verifyToken(secret, kind, token, before)) return 'former'
  }
  return 'none'
}

/**
 * Turns every placeholder into its URL: public address + path of its kind + token.
 * Throws on a kind without a route, so that no mail leaves with a dead link.
 * @param known links made before under the same secret and routes: a mail repeats each a few times.
 */
export function fillCapabilities(
  text: string,
  secret: string,
  publicUrl: string,
  routes: CapabilityRoutes,
  known: Map<string, string> = new Map(),
): string {
  const base = publicUrl.replace(/\/+$/, '')
  return text.replace(placeholder, (whole, kind: string, id: string, generation: string) => {
    const before = known.get(whole)
    if (before) return before
    const path = Object.hasOwn(routes, kind) ? routes[kind] : undefined
    if (path === undefined) throw new Error(`no route for the capability kind "${kind}"`)
    const link = base + path + deriveToken(secret, kind, id, Number(generation))
    known.set(whole, link)
    return link
  })
}

/** For previews: links lead nowhere and show the label, which must be safe inside HTML. */
export function hideCapabilities(text: string, label: string): string {
  return text
    .replace(new RegExp(`href="${placeholder.source}"`, 'g'), 'href="#"')
    .replace(placeholder, () => label)
}

function macOf(secret: string, kind: string, id: string, generation: number): Buffer {
  return createHmac('sha256', secret)
    .update(`${kind}:${id}:${generation}`)
    .digest()
    .subarray(0, macBytes)
}

function checkCapability(kind: string, id: string, generation: number): void {
  if (!kindName.test(kind)) throw new Error(`not a capability kind: "${kind}"`)
  if (!uuid.test(id)) throw new Error('a capability id is a lower-case UUID')
  if (!Number.isSafeInteger(generation) || generation < 0)
    throw new Error('a capability generation counts from 0')
}
