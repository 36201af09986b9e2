import { neutraliseCapabilities } from '../capabilities.ts'

const columns = 72

/** Safe in HTML text and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/**
 * A value as it may stand in a mail: no control characters, no marks that reverse the reading
 * direction of what follows, no placeholder smuggled in by somebody's name. Line feeds stay.
 */
export function cleanValue(value: string): string {
  return neutraliseCapabilities(
    value
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to drop
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g, '')
      // Guillemets somebody typed never stand alone at the end or the beginning of a line.
      .replace(/« /g, '«\u00A0')
      .replace(/ »/g, '\u00A0»')
      .trim(),
  )
}

/** Like cleanValue, on one line. */
export function cleanLine(value: string): string {
  return cleanValue(value).replace(/[\n\t]+/g, ' ')
}

/** Wraps at 72 characters, at ordinary spaces only: non-breaking spaces hold, long words stay whole. */
export function wrapText(text: string, hanging = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, hanging))
    .join('\n')
}

function wrapLine(line: string, hanging: string): string {
  const lines: string[] = []
  let current = /^[ \t]*/.exec(line)?.[0] ?? ''
  for (const word of line.trim().split(/[ \t]+/)) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`
    if (current.trim() !== '' && [...longer].length > columns) {
      lines.push(current)
      current = hanging + word
    } else current = longer
  }
  return [...lines, current].join('\n')
}
