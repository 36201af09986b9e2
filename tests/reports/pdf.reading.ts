import { inflateSync } from 'node:zlib'

/** How many pages a PDF has. */
export const pagesIn = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

/**
 * The words of a PDF as somebody would select and copy them: glyphs go back to letters by the table
 * each font carries for that (ISO 32000-1, 9.10.3). Without spaces, which PDF may leave to distances.
 */
export function wordsIn(pdf: Buffer): string {
  const streams = streamsOf(pdf)
  const letters = new Map<string, string>()
  for (const { text, at } of streams.filter(({ text }) => text.includes('beginbfrange'))) {
    for (const [code, letter] of lettersOf(text)) letters.set(`${at} ${code}`, letter)
  }
  const fonts = fontsOf(pdf)
  let said = ''
  for (const { text } of streams.filter(({ text }) => /\bTJ\b/.test(text))) {
    let map: number | undefined
    for (const [whole, font] of text.matchAll(/\/(F\d+) [\d.]+ Tf|\[[^\]]*\] TJ/g)) {
      if (font) map = fonts.get(font)
      else
        for (const [, hex = ''] of whole.matchAll(/<([0-9a-fA-F]+)>/g))
          for (const code of hex.match(/.{4}/g) ?? [])
            said += letters.get(`${map} ${Number.parseInt(code, 16)}`) ?? ''
    }
  }
  return said.replace(/\s/g, '')
}

/** Every stream, unpacked, with the number of its object. */
function streamsOf(pdf: Buffer) {
  const raw = pdf.toString('latin1')
  return [...raw.matchAll(/(\d+) 0 obj\n((?:(?!endobj).)*?)stream\n/gs)].map((match) => {
    const start = match.index + match[0].length
    const long = Number(/\/Length (\d+)/.exec(match[2]!)?.[1])
    const bytes = pdf.subarray(start, start + long)
    const packed = match[2]!.includes('FlateDecode')
    const text = (packed ? inflateSync(bytes) : bytes).toString('latin1')
    return { at: Number(match[1]), text }
  })
}

/** Where the letters of each font stand: its name on the page to the number of its table. */
function fontsOf(pdf: Buffer): Map<string, number> {
  const raw = pdf.toString('latin1')
  const tables = new Map(
    [...raw.matchAll(/(\d+) 0 obj\n<<[^>]*?\/ToUnicode (\d+) 0 R/gs)].map((match) => [
      match[1]!,
      Number(match[2]),
    ]),
  )
  return new Map(
    [...raw.matchAll(/\/(F\d+) (\d+) 0 R/g)].flatMap((match) => {
      const table = tables.get(match[2]!)
      return table ? [[match[1]!, table] as const] : []
    }),
  )
}

/** The ranges of a ToUnicode table: glyph number to letters. */
function lettersOf(text: string): [number, string][] {
  return [...text.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)].flatMap(([, first = '', list = '']) =>
    [...list.matchAll(/<([^>]*)>/g)].map(([, hex = ''], at): [number, string] => [
      Number.parseInt(first, 16) + at,
      Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le'),
    ]),
  )
}
