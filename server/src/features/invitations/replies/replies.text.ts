/** Undoes a Content-Transfer-Encoding (RFC 2045 6), forgiving what programs get wrong. */
export function decoded(body: Buffer, encoding: string): Buffer {
  if (encoding.includes('base64')) return fromBase64(body)
  if (encoding.includes('quoted')) return fromQuotedPrintable(body)
  if (encoding.includes('uu')) return fromUuencode(body.toString('latin1')) ?? body
  return body
}

/** Piece by piece: a gateway's footer may start anew after the padding. More is no mail's doing. */
function fromBase64(body: Buffer): Buffer {
  const letters = body.toString('latin1').replace(/[^A-Za-z0-9+/=]+/g, '')
  const pieces = letters.split(/=+/, 100)
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')))
}

function fromQuotedPrintable(body: Buffer): Buffer {
  const text = body
    .toString('latin1')
    .split('\n')
    .map((line) => {
      const kept = trimEnd(line, ' \t\r')
      return kept.endsWith('=') ? kept.slice(0, -1) : `${kept}\n`
    })
    .join('')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  return Buffer.from(text, 'latin1')
}

/** The first uuencoded file of a text, if there is one. */
export function fromUuencode(text: string): Buffer | undefined {
  const begin = /^begin [0-7]{3,4} [^\r\n]{1,200}\r?\n/m.exec(text)
  if (!begin) return undefined
  const start = begin.index + begin[0].length
  const end = text.indexOf('\nend', start)
  const bytes: number[] = []
  for (const line of text.slice(start, end < 0 ? undefined : end).split(/\r?\n/)) {
    const length = sixBits(line, 0)
    if (length === 0) break
    const upTo = bytes.length + length
    for (let at = 1; bytes.length < upTo; at += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((offset) => sixBits(line, at + offset))
      bytes.push((a! << 2) | (b! >> 4), ((b! & 15) << 4) | (c! >> 2), ((c! & 3) << 6) | d!)
    }
    bytes.length = upTo
  }
  return Buffer.from(bytes)
}

const sixBits = (line: string, at: number) => ((line.charCodeAt(at) || 32) - 32) & 63

/**
 * Octets as text. A byte order mark decides; then zero octets, the mark of UTF-16; then the charset
 * named, unless the octets cannot be of it; without a name UTF-8, or else windows-1252.
 */
export function textOf(bytes: Buffer, charset: string | null): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le')!
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be')!
  if (bytes.length > 3 && bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0)
    return decodeAs(bytes, 'utf-16le')!
  if (bytes.length > 3 && bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0)
    return decodeAs(bytes, 'utf-16be')!
  const named = (charset ?? '').trim().toLowerCase()
  // Many programs say US-ASCII, or UTF-16 after a gateway has recoded, and write something else.
  const unsaid = named === '' || /^(us-)?ascii$|^ansi_x3|^utf-?16|^unknown|^x-unknown/.test(named)
  return (
    (unsaid ? undefined : decodeAs(bytes, named)) ??
    decodeAs(bytes, 'utf-8') ??
    decodeAs(bytes, 'windows-1252')!
  )
}

function decodeAs(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: !charset.startsWith('utf-16') }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Without these characters at the end; a pattern would take the square of a long run. */
export function trimEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** Encoded words (RFC 2047) as text; neighbours of one kind join. */
export function decodeWords(text: string): string {
  return text
    .replace(/\?=[ \t]+(?==\?)/g, '?=')
    .replace(/=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=/gi, (_, charset, kind, content: string) => {
      const bytes = /b/i.test(kind)
        ? Buffer.from(content, 'base64')
        : fromQuotedPrintable(Buffer.from(content.replaceAll('_', ' '), 'latin1'))
      return textOf(bytes, String(charset).replace(/\*.*$/, ''))
    })
}

/** Text for a person's eyes: no control characters, not longer than `length`; null when empty. */
export function readable(text: string, length: number): string | null {
  const clean = text
    .slice(0, length * 4)
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    // Marks of direction can make a text look like another one.
    .replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, ' ')
    .trim()
  return clean === '' ? null : clean.slice(0, length).toWellFormed()
}

/** HTML's commonest entities as letters. */
export function entities(text: string): string {
  const named: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
  }
  return text.replace(/&(?:#(\d{1,6})|(amp|lt|gt|quot|apos|nbsp));/g, (whole, code, name) => {
    if (name) return named[name]!
    return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole
  })
}
