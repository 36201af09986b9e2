/** How a number is to be shown, taken from the workbook's style sheet. */
export interface NumberLook {
  formatId: number
  formatCode: string | null
}

/** Built-in number formats that show a date or a time (ECMA-376 part 1, 18.8.30), with what they show. */
const builtInDates = new Map<number, 'date' | 'time' | 'both'>([
  ...[14, 15, 16, 17].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 45, 46, 47].map((id) => [id, 'time'] as const),
  [22, 'both'],
])

/**
 * A number as a person reads it in the cell: dates as dd/mm/yyyy, percentages with their sign,
 * leading zeros kept when the format asks for them, no binary dust behind the fifteenth digit.
 * Thousands separators are left out (an employee number is not an amount); the decimal sign is a point.
 */
export function showNumber(raw: string, look: NumberLook | undefined, date1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  const shows = look ? showsDate(look) : null
  if (shows) return showDate(value, shows, date1904)
  const code = look?.formatCode ?? ''
  if (look?.formatId === 9 || look?.formatId === 10 || /%/.test(stripLiterals(code)))
    return `${plain(value * 100)}%`
  const zeros = /^0{2,}$/.exec(stripLiterals(code).split(';')[0]!)
  if (zeros && Number.isInteger(value) && value >= 0)
    return String(value).padStart(zeros[0].length, '0')
  return plain(value)
}

function plain(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  // Spreadsheets keep fifteen significant digits: 44.844200000000001 was typed as 44.8442.
  const rounded = Number(value.toPrecision(15))
  return Math.abs(rounded) < 1e21 && Number.isInteger(rounded)
    ? BigInt(rounded).toString()
    : String(rounded)
}

/** Quoted text, escaped characters and [colour] or [locale] parts are no digits or date letters. */
function stripLiterals(code: string): string {
  return code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
}

function showsDate(look: NumberLook): 'date' | 'time' | 'both' | null {
  if (look.formatCode === null) return builtInDates.get(look.formatId) ?? null
  const code = stripLiterals(look.formatCode).split(';')[0]!.toLowerCase()
  if (/general|[#?]/.test(code)) return null
  const time = /[hs]/.test(code)
  const date = /[yd]|^m+$/.test(code)
  return date && time ? 'both' : date ? 'date' : time ? 'time' : null
}

function showDate(serial: number, shows: 'date' | 'time' | 'both', date1904: boolean): string {
  // Serial 60 is the 29 February 1900 that never was; before it the count is one day behind.
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const moment = new Date(epoch + Math.round(serial * 86_400) * 1000)
  if (Number.isNaN(moment.getTime())) return String(serial)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${two(moment.getUTCDate())}/${two(moment.getUTCMonth() + 1)}/${moment.getUTCFullYear()}`
  const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}`
  return shows === 'date' ? date : shows === 'time' ? time : `${date} ${time}`
}
