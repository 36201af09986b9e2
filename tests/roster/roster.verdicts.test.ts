import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgePeople, type PersonValue } from '#server/features/roster/roster.people.ts'
import { writeReport } from '#server/features/roster/roster.report.ts'
import {
  codesOf,
  judgedPeople,
  judgedSites,
  mapped,
  tableOf,
  twoSites,
  valuesOf,
} from './roster.samples.ts'

const head = 'Matricule;Nom;Prénom;Courriel;Téléphone;Métier;Site;Matricule responsable\n'
const zoe = '1;Martin;Zoé;zoe@r.example;;Vendeuse;BOU-40-049;\n'
const stored: PersonValue = {
  employeeNumber: '1',
  lastName: 'Martin',
  firstName: 'Zoé',
  email: 'zoe@r.example',
  phone: null,
  entity: 'Réseau',
  jobTitle: 'Vendeuse',
  siteCode: 'BOU-40-049',
}

test('a row about somebody known is unchanged or says what it changes', async () => {
  const same = await judgedPeople(head + zoe, [stored])
  expect(same.verdicts[0]).toMatchObject({ outcome: 'unchanged', changes: [], value: stored })
  const moved = await judgedPeople(head + zoe.replace('BOU-40-049', 'pla-33-001'), [stored])
  expect(moved.verdicts[0]).toMatchObject({
    outcome: 'updated',
    changes: [{ field: 'siteCode', before: 'BOU-40-049', after: 'PLA-33-001' }],
  })
})

test('a field without a column keeps what is known, an empty cell empties it', async () => {
  const run = await judgedPeople(head + zoe.replace('Vendeuse', ''), [stored])
  expect(run.verdicts[0]?.changes).toEqual([{ field: 'jobTitle', before: 'Vendeuse', after: null }])
  expect(run.verdicts[0]?.value?.entity).toBe('Réseau')
})

test('people absent from the file are listed, even when it has rejected rows', async () => {
  const gone = { ...stored, employeeNumber: '9', email: null }
  const run = await judgedPeople(`${head}1;Martin;Zoé;zoe@;;;BOU-40-049;\n`, [stored, gone])
  expect(run.verdicts[0]?.outcome).toBe('rejected')
  expect(run.absent).toEqual([gone])
})

test.each([
  [';A;B;a@r.example;;;BOU-40-049;', ['employee_number_missing']],
  ['1;;;a@r.example;;;BOU-40-049;', ['last_name_missing', 'first_name_missing']],
  ['1;A;B;a@r;;;BOU-40-049;', ['email_malformed']],
  ['1;A;B;a@r.example;;;;', ['site_missing']],
  ['1;A;B;a@r.example;;;XXX;', ['site_unknown']],
  [`1;${'A'.repeat(101)};B;a@r.example;;;BOU-40-049;`, ['value_too_long']],
  [
    '1;A;B;a@r;12;=x;XXX;7',
    ['email_malformed', 'phone_unreadable', 'site_unknown', 'formula_like', 'manager_unknown'],
  ],
])('rejects « %s » for %s', async (row, codes) => {
  const run = await judgedPeople(`${head}${row}\n`)
  expect(run.verdicts[0]?.outcome).toBe('rejected')
  expect(codesOf(run.verdicts[0])).toEqual(codes)
})

test.each([
  ['1;A;B;;;;BOU-40-049;', ['email_missing']],
  ['1;A;B;#N/A;;;BOU-40-049;', ['cell_error', 'email_missing']],
  ['1;A;B;a@r.example;n.c.;;BOU-40-049;', ['phone_unreadable']],
  ['1;A;B;a@r.example;;;boutique  DAX;', ['site_matched_by_name']],
  ['1;A;B;a@r.example;;;BOU-40-049;;;x', ['cells_beyond_headers']],
  ['1;A;B;a@r.example;;@x;BOU-40-049;1', ['formula_like']],
])('accepts « %s » with %s', async (row, codes) => {
  const run = await judgedPeople(`${head}${row}\n`)
  expect(run.verdicts[0]?.outcome).toBe('created')
  expect(codesOf(run.verdicts[0])).toEqual(codes)
})

test('a finding shows the cell as the file has it', async () => {
  const run = await judgedPeople(`${head}1;A;B; Not A Mail ;;;BOU-40-049;\n`)
  expect(run.verdicts[0]?.findings).toEqual([
    { code: 'email_malformed', field: 'email', cell: ' Not A Mail ', otherLine: null },
  ])
})

test('the same person twice counts once; a row that says otherwise is rejected', async () => {
  const same = zoe.replace('Martin', 'MARTIN').replace('zoe@', ' ZOE@')
  const run = await judgedPeople(head + zoe + same + zoe.replace('BOU-40-049', 'PLA-33-001'))
  expect(run.verdicts.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged', 'rejected'])
  expect(run.verdicts[1]?.findings[0]).toMatchObject({ code: 'row_repeated', otherLine: 2 })
  expect(run.verdicts[2]?.findings[0]).toMatchObject({
    code: 'row_contradicts_earlier',
    field: 'siteCode',
    cell: 'PLA-33-001',
    otherLine: 2,
  })
})

test('two people under one number are both rejected, whoever else is wrong with them', async () => {
  const run = await judgedPeople(`${head}${zoe}1;Petit;Luc;not a mail;;;BOU-40-049;\n${zoe}`)
  expect(run.counts.rejected).toBe(3)
  expect(run.verdicts.map(({ findings }) => findings.at(-1)?.otherLine)).toEqual([3, 2, 3])
})

test('an address of two people is kept for neither, and stays so', async () => {
  const luc = '2;Petit;Luc;ZOE@r.example;;;BOU-40-049;\n'
  const run = await judgedPeople(head + zoe + luc)
  expect(run.verdicts.map(({ outcome, value }) => [outcome, value?.email])).toEqual([
    ['created', null],
    ['created', null],
  ])
  expect(run.verdicts.map(codesOf)).toEqual([['email_shared'], ['email_shared']])
  const again = await judgedPeople(head + zoe + luc, valuesOf(run.verdicts))
  expect(again.counts.unchanged).toBe(2)
})

test('whoever holds an address keeps it against a newcomer, unless the file moves it', async () => {
  const luc = '2;Petit;Luc;zoe@r.example;;;BOU-40-049;\n'
  const both = await judgedPeople(head + zoe + luc, [stored])
  expect(both.verdicts.map(({ value }) => value?.email)).toEqual(['zoe@r.example', null])
  const absent = await judgedPeople(head + luc, [stored])
  expect(codesOf(absent.verdicts[0])).toEqual(['email_shared'])
  const moved = await judgedPeople(head + zoe.replace('zoe@', 'z.martin@') + luc, [stored])
  expect(moved.verdicts.map(({ value }) => value?.email)).toEqual([
    'z.martin@r.example',
    'zoe@r.example',
  ])
})

test('a file without a mail column leaves known addresses alone', async () => {
  const run = await judgedPeople(
    'Matricule;Nom;Prénom;Site\n1;Martin;Zoé;BOU-40-049\n2;Petit;Luc;BOU-40-049\n',
    [stored],
  )
  expect(run.verdicts.map(codesOf)).toEqual([[], ['email_missing']])
  expect(run.verdicts[0]).toMatchObject({ outcome: 'unchanged', value: { email: 'zoe@r.example' } })
})

test('job titles are listed with what the table or a guess makes of them', async () => {
  const { table, mapping } = await mapped(
    'people',
    `${head}${zoe}${zoe.replace('1;', '2;').replace('zoe@', 'z@').replace('Vendeuse', 'VENDEUSE')}3;C;D;;;Chef;BOU-40-049;\n`,
  )
  const jobTitles = new Map([['chef', null]])
  const run = judgePeople({ table, mapping, sites: twoSites, existing: [], jobTitles })
  expect(run.jobTitles).toEqual([
    { key: 'vendeuse', title: 'Vendeuse', people: 2, known: false, role: 'shop_seller' },
    { key: 'chef', title: 'Chef', people: 1, known: true, role: null },
  ])
})

test('every row has one outcome, whatever the file', async () => {
  const cell = fc.constantFrom('', '1', '2', ' ', 'A', 'a@r.example', 'x@', 'BOU-40-049', '=1')
  const row = fc.array(cell, { minLength: 0, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const csv = `${head}0;Z;Z;;;;BOU-40-049;\n${rows.map((cells) => `${cells.join(';')}\n`).join('')}`
      const run = await judgedPeople(csv, [stored])
      expect(run.verdicts.map(({ line }) => line)).toEqual(
        rows.map((_, index) => index + 3).toSpliced(0, 0, 2),
      )
      expect(Object.values(run.counts).reduce((sum, count) => sum + count)).toBe(rows.length + 1)
      const values = valuesOf(run.verdicts)
      expect(new Set(values.map((value) => value.employeeNumber)).size).toBe(values.length)
      const mails = values.flatMap(({ email }) => email ?? [])
      expect(new Set(mails).size).toBe(mails.length)
      const again = await judgedPeople(csv, [
        ...run.absent,
        ...values,
        ...[stored].filter(
          (one) =>
            !run.absent.includes(one) && !values.some((value) => value.employeeNumber === '1'),
        ),
      ])
      expect(again.counts).toMatchObject({ created: 0, updated: 0, rejected: run.counts.rejected })
    }),
    { numRuns: 300 },
  )
})

const siteHead = 'Code;Type;Nom;Latitude;Longitude\n'

test('sites are judged like people', async () => {
  const run = await judgedSites(
    `${siteHead}A;boutique;Dax;43,70642;-1.0682\nB;piscine;Pau;;\n;shop;;1;1\nC;office;Un;91;-0,5\nD;ui;Deux;x;0\nD;ui;Trois;1;2\nC;office;Un;91;-0,5\n;;;;\n`,
  )
  expect(run.verdicts.map(({ outcome }) => outcome)).toEqual(
    'created rejected rejected created rejected rejected unchanged blank'.split(' '),
  )
  expect(run.verdicts.map(codesOf)).toEqual([
    [],
    ['site_kind_unknown', 'coordinate_missing', 'coordinate_missing'],
    ['site_code_missing', 'site_name_missing'],
    ['coordinate_out_of_range'],
    ['coordinate_unreadable', 'site_code_shared'],
    ['site_code_shared'],
    ['coordinate_out_of_range', 'row_repeated'],
    [],
  ])
  expect(run.verdicts[0]?.value).toMatchObject({
    kind: 'boutique',
    latitude: 43.70642,
    longitude: -1.0682,
  })
  expect(run.verdicts[3]?.value).toMatchObject({ latitude: null, longitude: null })
})

test('a sites file with half a position leaves known positions as they are', async () => {
  const [known] = valuesOf((await judgedSites(`${siteHead}A;boutique;Dax;43,7;-1,06\n`)).verdicts)
  const run = await judgedSites('Code;Type;Nom;Latitude\nA;boutique;Dax;44\n', [known!])
  expect(run.verdicts[0]).toMatchObject({
    outcome: 'unchanged',
    value: { latitude: 43.7, longitude: -1.06 },
  })
})

test('the report has a line per finding, opens in Excel and runs nothing', async () => {
  const run = await judgedPeople(
    `${head}${zoe}2;A;B;@x;;"=HYPERLINK(""x"";""y"")";XXX;\n;;;;;;;\n`,
    [{ ...stored, employeeNumber: '+9', email: null }],
  )
  const report = writeReport(run, (person) => person.employeeNumber, 'fr')
  expect(report.startsWith('\uFEFF"Ligne";"Résultat";')).toBe(true)
  const { rows } = await tableOf(report, 1)
  expect(rows.map(({ cells }) => [cells[0], cells[1], cells[4], cells[5]])).toEqual([
    ['2', 'créée', '', ''],
    ['3', 'rejetée', 'Courriel', "'@x"],
    ['3', 'rejetée', 'Courriel', "'@x"],
    ['3', 'rejetée', 'Site', 'XXX'],
    ['3', 'rejetée', 'Métier', '\'=HYPERLINK("x";"y")'],
    ['4', 'vide', '', ''],
    ['', 'absente du fichier', '', ''],
  ])
  expect(rows.at(-1)?.cells[2]).toBe("'+9")
  expect(writeReport(run, (person) => person.employeeNumber, 'en')).toContain('"rejected"')
})
