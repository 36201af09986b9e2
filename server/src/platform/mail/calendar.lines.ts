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
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > lineOctets) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}
