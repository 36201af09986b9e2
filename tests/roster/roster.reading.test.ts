import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTable } from '#server/features/roster/roster.files.ts'
import { safeCell } from '#server/features/roster/roster.report.ts'
import { judgedPeople, tableOf } from './roster.samples.ts'

const headers = {
  fr: ['Matricule', 'Nom', 'Prénom', 'Courriel', 'Métier', 'Site'],
  en: ['Employee number', 'Last name', 'First name', 'Email', 'Job title', 'Site code'],
}
const person = [
  '400123',
  'LEFÈVRE',
  'Zoé',
  'zoe@region.example',
  'Vendeuse; pôle, «\tœuf »',
  'BOU-40-049',
]

/** Windows-1252 has these two outside Latin-1. */
const windows1252 = (text: string) =>
  Buffer.from(text.replaceAll('œ', '\u009C').replaceAll('’', '\u0092'), 'latin1')

const encodings: Record<string, (text: string) => Buffer> = {
  'Windows-1252': windows1252,
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16LE with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16LE without mark': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
}

for (const [encoding, encode] of Object.entries(encodings))
  for (const separator of [';', ',', '\t'])
    for (const language of ['fr', 'en'] as const)
      test(`reads ${encoding} with ${JSON.stringify(separator)} and ${language} headers`, async () => {
        const line = (cells: string[]) => cells.map((cell) => `"${cell}"`).join(separator)
        const bytes = encode(`${line(headers[language])}\r\n${line(person)}\r\n`)
        const run = await judgedPeople(bytes)
        expect(run.verdicts).toHaveLength(1)
        expect(run.verdicts[0]).toMatchObject({
          line: 2,
          outcome: 'created',
          value: {
            employeeNumber: '400123',
            lastName: 'Lefèvre',
            firstName: 'Zoé',
            email: 'zoe@region.example',
            jobTitle: 'Vendeuse; pôle, « œuf »',
            siteCode: 'BOU-40-049',
          },
        })
      })

test('reads what Excel for Mac calls CSV', async () => {
  const bytes = Buffer.from('Matricule;Pr\x8enom;M\x8etier\r1;Hel\x8fne;Vendeuse\r', 'latin1')
  const table = await tableOf(bytes)
  expect(table.headers).toEqual(['Matricule', 'Prénom', 'Métier'])
  expect(table.rows[0]?.cells[1]).toBe('Helène')
})

test('decimal commas do not pass for separators', async () => {
  const table = await tableOf('Code;Nom;Latitude;Longitude\nA1;Dax;43,7;-1,05\nA2;Pau;43,3;-0,37\n')
  expect(table.separator).toBe(';')
  expect(table.rows[0]?.cells).toEqual(['A1', 'Dax', '43,7', '-1,05'])
})

test('obeys the separator line Excel writes, and does not count it as a row', async () => {
  const table = await tableOf('sep=|\r\nMatricule|Nom; et prénom\r\n1|a;b\r\n')
  expect(table).toMatchObject({
    separator: '|',
    headerLine: 1,
    rows: [{ line: 2, cells: ['1', 'a;b'] }],
  })
})

test('lines are numbered as a spreadsheet program shows them', async () => {
  const table = await tableOf('Matricule;Nom\n1;"deux\nlignes"\n\n3;x\n;\n')
  expect(table.rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
    [2, '1'],
    [3, ''],
    [4, '3'],
    [5, ''],
  ])
})

test('a title above the column names is no header and no row', async () => {
  const table = await tableOf('Effectifs au 1er mai;;\n;;\nMatricule;Nom;Prénom\n1;A;B\n')
  expect(table).toMatchObject({ headerLine: 3, titleLines: [1] })
  expect(table.headers).toEqual(['Matricule', 'Nom', 'Prénom'])
  expect(table.rows).toHaveLength(1)
})

test('a person can say which line holds the column names', async () => {
  const reading = await readTable(Buffer.from('a;b\nc;d\ne;f\n'), { headerLine: 2 })
  expect(reading).toMatchObject({ ok: true, table: { headers: ['c', 'd'], rows: [{ line: 3 }] } })
})

test('whatever stands in the cells, quoting brings it back', async () => {
  const cell = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\0\uFEFF]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(';', ',', '\t'),
      async (rows, separator) => {
        const quoted = [['Matricule', 'Nom', 'Prénom'], ...rows].map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator),
        )
        const reading = await readTable(Buffer.from(`${quoted.join('\r\n')}\r\n`))
        const filled = rows.some((cells) => cells.some((text) => text.trim() !== ''))
        if (!filled) expect(reading).toMatchObject({ refusal: { code: 'file_without_rows' } })
        else expect(reading).toMatchObject({ ok: true, table: { separator } })
        if (reading.ok) expect(reading.table.rows.map(({ cells }) => cells)).toEqual(rows)
      },
    ),
    { numRuns: 300 },
  )
})

test('a guarded cell reads back as itself, or with a quote before what would be a formula', async () => {
  const cell = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝'), fc.string())
      .map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(cell, async (text) => {
      const table = await tableOf(
        `${safeCell('Nom')};${safeCell('Prénom')}\r\nx;${safeCell(text)}\r\n`,
      )
      const back = table.rows[0]!.cells[1]!
      expect(back).not.toMatch(/^[=+\-@\t\r\n＝]/)
      expect([text, `'${text}`]).toContain(back)
    }),
  )
})

const refused: [string, Buffer, string][] = [
  ['an empty file', Buffer.alloc(0), 'file_empty'],
  ['a file of spaces', Buffer.from(' \r\n;;\r\n'), 'file_empty'],
  ['column names without rows', Buffer.from('Matricule;Nom\r\n;\r\n'), 'file_without_rows'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 73, 72]), 'file_unreadable'],
  ['a PDF', Buffer.from('%PDF-1.7 ...'), 'file_unreadable'],
  ['a web page named .xls', Buffer.from('<html><table><tr><td>1</td></tr>'), 'file_unreadable'],
  [
    'a quote nobody closed',
    Buffer.from('Matricule;Nom\n1;a\n2;"b\n3;c\n'),
    'file_quote_not_closed',
  ],
]
for (const [what, bytes, code] of refused)
  test(`refuses ${what}`, async () => {
    expect(await readTable(bytes)).toMatchObject({ ok: false, refusal: { code } })
  })

test('says on which line the quote was opened', async () => {
  const reading = await readTable(Buffer.from('Matricule;Nom\n1;a\n2;"b\n3;c\n'))
  expect(reading).toMatchObject({ refusal: { details: { line: 3 } } })
})

test('refuses 50 MB without looking inside', async () => {
  const bytes = new Uint8Array(50_000_000)
  const reading = await readTable(bytes)
  expect(reading).toEqual({
    ok: false,
    refusal: { code: 'file_too_large', details: { bytes: 50_000_000, limit: 20_971_520 } },
  })
})

test('refuses more rows than a region can have, and more columns than a person can mean', async () => {
  const many = Buffer.from(`Matricule;Nom\n${'1;a\n'.repeat(50_001)}`)
  expect(await readTable(many)).toMatchObject({
    refusal: { code: 'file_too_many_rows', details: { limit: 50_000 } },
  })
  const wide = Buffer.from(`Matricule;Nom\n${';'.repeat(300)}x\n`)
  expect(await readTable(wide)).toMatchObject({ refusal: { code: 'file_too_many_columns' } })
})

test('a column painted to its edge is no roster of a million people', async () => {
  const table = await tableOf(`Matricule;Nom\n1;a\n;\n2;b\n${';\n'.repeat(200_000)}`)
  expect(table.rows.map(({ line }) => line)).toEqual([2, 3, 4])
})

test('a large file leaves other requests their turn', async () => {
  const large = Buffer.from(`Matricule;Nom;Prénom\n${`1;${'x'.repeat(300)};y\n`.repeat(50_000)}`)
  let turns = 0
  const beat = setInterval(() => turns++, 1)
  await tableOf(large)
  clearInterval(beat)
  // Read in one go, the timer would not come up once before the table is there.
  expect(turns).toBeGreaterThan(2)
})
