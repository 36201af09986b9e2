const lineOctets = 75

/** iCalendar content lines without their folding (RFC 5545 3.1), CRLF or LF accepted. */
export function unfoldCalendar(calendar: string): string[] {
  const lines = calendar.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  while (lines.at(-1) === '') lines.pop()
  return lines
}

/**
 * Content lines as they travel: CRLF after each, folded so that no line exceeds 75 octets
 * and no UTF-8 character is cut (RFC 5545 3.1).
 */
export function foldCalendar(lines: readonly string[]): string {
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

function foldLine(line: string): string {
  if (Buffer.byteLength(line) <= lineOctets) return line
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!)
    if (octets + size > lineOctets) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

/** Length in UTF-8 (RFC 3629 3). */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
