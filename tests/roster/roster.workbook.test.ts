import { deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readTable } from '#server/features/roster/roster.files.ts'
import { judgedPeople, tableOf, workbook, workbookParts } from './roster.samples.ts'

const header = ['Matricule', 'Nom', 'Prénom', 'Courriel', 'Site']
const row = (number: string | number) => [
  number,
  'LE GALL',
  'Zoé & Co',
  'zoe@region.example',
  'BOU-40-049',
]

test('reads people from a workbook, numbers as they are seen', async () => {
  const run = await judgedPeople(workbook({ Effectifs: [header, row(400123)] }))
  expect(run.verdicts[0]).toMatchObject({
    line: 2,
    outcome: 'created',
    value: { employeeNumber: '400123', lastName: 'Le Gall', firstName: 'Zoé & Co' },
  })
})

test('reads the first visible sheet, or the one asked for', async () => {
  const bytes = workbook(
    {
      Notes: [
        ['x', 'y'],
        ['1', '2'],
      ],
      Mai: [header, row('1')],
      Juin: [header, row('2')],
    },
    { hidden: ['Notes'] },
  )
  expect(await tableOf(bytes)).toMatchObject({ sheets: ['Mai', 'Juin'], sheet: 'Mai' })
  const june = await readTable(bytes, { sheet: 'Juin' })
  expect(june).toMatchObject({ ok: true, table: { sheet: 'Juin', rows: [{ cells: row('2') }] } })
  expect(await readTable(bytes, { sheet: 'Août' })).toMatchObject({
    refusal: { code: 'sheet_unknown', details: { sheet: 'Août', sheets: 'Mai, Juin' } },
  })
})

test('shows dates, percentages, postcodes, decimals, booleans and formula results as a person sees them', async () => {
  const cells = [
    '<c REF s="1"><v>45797</v></c>',
    '<c REF s="2"><v>0.8</v></c>',
    '<c REF s="3"><v>1000</v></c>',
    '<c REF><v>44.844200000000001</v></c>',
    '<c REF t="b"><v>1</v></c>',
    '<c REF t="str"><f>A1&amp;"x"</f><v>œuf</v></c>',
    '<c REF t="inlineStr"><is><r><t>Le </t></r><r><t>Gall</t></r><rPh><t>x</t></rPh></is></c>',
    '<c REF s="4"><v>45797.5</v></c>',
    '<c REF t="e"><v>#N/A</v></c>',
    '<c REF><v>33612345678</v></c>',
    '<c REF s="5"><v>402198</v></c>',
  ].map((raw) => ({ raw }))
  const titles = cells.map((_, index) => `Colonne ${index}`)
  const formats = ['00000', 'dd/mm/yyyy\\ hh:mm', '#,##0\\ [$€-40C]']
  const table = await tableOf(workbook({ A: [titles, cells] }, { formats }))
  expect(table.rows[0]?.cells).toEqual([
    '20/05/2025',
    '80%',
    '01000',
    '44.8442',
    'TRUE',
    'œuf',
    'Le Gall',
    '20/05/2025 12:00',
    '#N/A',
    '33612345678',
    '402198',
  ])
})

test('reads the prefixed elements some programs write', async () => {
  const table = await tableOf(workbook({ A: [header, row(7)] }, { prefix: 'x:' }))
  expect(table.rows[0]?.cells[0]).toBe('7')
})

test('a merged title above the column names and painted rows below do not count', async () => {
  const painted = [{ raw: '<c REF s="1"/>' }]
  const table = await tableOf(
    workbook({
      A: [['Effectifs de la région'], [], header, row('1'), painted, row('2'), painted, painted],
    }),
  )
  expect(table).toMatchObject({ headerLine: 3, titleLines: [1], headers: header })
  expect(table.rows.map(({ line }) => line)).toEqual([4, 5, 6])
})

test('a zip bomb is refused by the sizes it declares', async () => {
  const parts = workbookParts({ A: [header, row('1')] })
  const bomb = zipSync(
    { ...parts, 'xl/media/zeros.bin': new Uint8Array(150_000_000) },
    { level: 1 },
  )
  expect(bomb.length).toBeLessThan(5_000_000)
  expect(await readTable(bomb)).toMatchObject({
    refusal: { code: 'file_inflates_too_much', details: { limit: 100_000_000 } },
  })
})

test('a zip bomb that lies about its sizes is stopped while it inflates', async () => {
  const parts = workbookParts({ A: [header, row('1')] })
  const name = 'xl/worksheets/sheet1.xml'
  const bomb = zipSync({ ...parts, [name]: strToU8(' '.repeat(130_000_000)) }, { level: 1 })
  const view = new DataView(bomb.buffer)
  for (let at = 0; at < bomb.length - 46; at++)
    if (view.getUint32(at, true) === 0x02014b50) {
      const length = view.getUint16(at + 28, true)
      if (Buffer.from(bomb.subarray(at + 46, at + 46 + length)).toString() === name)
        view.setUint32(at + 24, 1000, true)
    }
  expect(await readTable(bomb)).toMatchObject({ refusal: { code: 'file_inflates_too_much' } })
})

test('one long text shown in every cell is refused before it fills the memory', async () => {
  const parts = workbookParts({ A: [header, row('1')] })
  const cell = '<c t="s"><v>0</v></c>'
  parts['xl/sharedStrings.xml'] = strToU8(`<sst><si><t>${'x'.repeat(1_000_000)}</t></si></sst>`)
  parts['xl/worksheets/sheet1.xml'] = strToU8(
    `<worksheet><sheetData>${`<row>${cell.repeat(10)}</row>`.repeat(100)}</sheetData></worksheet>`,
  )
  expect(await readTable(zipSync(parts))).toMatchObject({
    refusal: { code: 'file_inflates_too_much' },
  })
})

test('refuses too many rows and a sheet used to its edge', async () => {
  const limits = { fileBytes: 1e6, rows: 3, columns: 5, inflatedBytes: 1e6, characters: 1e6 }
  const rows = ['1', '2', '3', '4'].map(row)
  const long = workbook({ A: [header, ...rows] })
  expect(await readTable(long, { limits })).toMatchObject({
    refusal: { code: 'file_too_many_rows' },
  })
  const wide = workbook({ A: [header, [{ raw: '<c r="XFD2"><v>1</v></c>' }]] })
  expect(await readTable(wide, { limits })).toMatchObject({
    refusal: { code: 'file_too_many_columns', details: { line: 2 } },
  })
})

const oldContainer = Buffer.concat([
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  Buffer.alloc(600),
])
const good = workbook({ A: [header, row('1')] })
const otherZip = zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') })
const locked = good.slice()
new DataView(locked.buffer).setUint16(
  Buffer.from(locked).indexOf('PK\x01\x02', 0, 'latin1') + 8,
  1,
  true,
)

const refused: [string, Uint8Array, string][] = [
  ['an old .xls', oldContainer, 'file_old_excel'],
  [
    'a workbook with a password',
    Buffer.concat([oldContainer, Buffer.from('EncryptedPackage', 'utf16le')]),
    'file_encrypted',
  ],
  ['a zip with a password', locked, 'file_encrypted'],
  ['an OpenDocument file', otherZip, 'file_not_a_workbook'],
  ['half a workbook', good.slice(0, good.length / 2), 'file_damaged'],
  ['four bytes of a zip', Uint8Array.of(0x50, 0x4b, 3, 4), 'file_damaged'],
]
for (const [what, bytes, code] of refused)
  test(`refuses ${what}`, async () => {
    expect(await readTable(bytes)).toMatchObject({ ok: false, refusal: { code } })
  })

test('a workbook damaged anywhere is read or refused, never thrown at the caller', async () => {
  for (let at = 0; at < good.length; at += 3) {
    const damaged = good.slice()
    damaged[at]! ^= 0xff
    expect(typeof (await readTable(damaged)).ok).toBe('boolean')
  }
})

test('inflating stops at the budget even for parts that are pure repetition', async () => {
  // The inflater's own limit is what protects us: the same bytes pass under a larger one.
  expect(deflateRawSync(Buffer.alloc(1_000_000)).length).toBeLessThan(2_000)
  const limits = { fileBytes: 1e6, rows: 10, columns: 10, inflatedBytes: 1500, characters: 1e6 }
  expect(await readTable(good, { limits })).toMatchObject({
    refusal: { code: 'file_inflates_too_much' },
  })
})
