import { expect, test } from 'vitest'
import { judgePeople } from '#server/features/roster/roster.people.ts'
import { judgeSites } from '#server/features/roster/roster.sites.ts'
import { codesOf, demoFile, mapped, tableOf, valuesOf, workbook } from './roster.samples.ts'
import truth from './truth.json' with { type: 'json' }

async function judgeDemo(file: Uint8Array = demoFile('effectifs.csv')) {
  const sites = await mapped('sites', demoFile('sites.csv'))
  const siteRun = judgeSites({ ...sites, existing: [] })
  const people = await mapped('people', file)
  const input = { ...people, sites: valuesOf(siteRun.verdicts), jobTitles: new Map() }
  return { siteRun, input, run: judgePeople({ ...input, existing: [] }) }
}

const faults = truth.faults_by_employee_number

/** The fate of every listed number: outcomes of its rows in file order, and what is found in them. */
const fates: Record<keyof typeof faults, { outcomes: string[]; codes: string[][] }> = {
  email_malformed: { outcomes: ['rejected'], codes: [['email_malformed']] },
  email_missing: { outcomes: ['created'], codes: [['email_missing']] },
  site_unknown: { outcomes: ['rejected'], codes: [['site_unknown']] },
  name_missing: { outcomes: ['rejected'], codes: [['last_name_missing']] },
  harmless_spaces_and_case: { outcomes: ['created'], codes: [[]] },
  harmless_quotes_and_separator: { outcomes: ['created'], codes: [[]] },
  harmless_leading_formula_sign: { outcomes: ['created'], codes: [['formula_like']] },
  duplicate_identical: { outcomes: ['created', 'unchanged'], codes: [[], ['row_repeated']] },
  duplicate_id_other_person: {
    outcomes: ['rejected', 'rejected'],
    codes: [['employee_number_shared'], ['employee_number_shared']],
  },
  manager_unknown_warning: { outcomes: ['created'], codes: [['manager_unknown']] },
}

test('every faulty row of the real file has exactly its fate, and no other row has any finding', async () => {
  const { run } = await judgeDemo()
  const listed = new Set<string | null>(Object.values(faults).flat())
  for (const [fault, numbers] of Object.entries(faults) as [keyof typeof faults, string[]][])
    for (const number of numbers) {
      const rows = run.verdicts.filter(({ key }) => key === number)
      expect(
        rows.map(({ outcome }) => outcome),
        `${fault} ${number}`,
      ).toEqual(fates[fault].outcomes)
      expect(rows.map(codesOf), `${fault} ${number}`).toEqual(fates[fault].codes)
    }
  const others = run.verdicts.filter(({ key }) => !listed.has(key))
  expect(others.filter((verdict) => codesOf(verdict).length > 0)).toEqual([])
})

test('the figures of the real file are those of its yardstick', async () => {
  const { siteRun, run } = await judgeDemo()
  expect(siteRun.counts.created).toBe(truth.sites)
  expect(siteRun.findingCounts).toEqual({})
  expect(run.verdicts.length - run.counts.blank).toBe(truth.rows)
  expect(run.counts).toEqual({
    created: truth.expected.created,
    updated: 0,
    unchanged: truth.expected.unchanged_repeated_rows,
    rejected: truth.expected.rejected,
    blank: truth.expected.blank,
  })
  expect(run.findingCounts.email_missing).toBe(truth.expected.people_without_mail)
})

test('harmless dirt is cleaned away and awkward text survives', async () => {
  const { run } = await judgeDemo()
  const person = (number: string) => run.verdicts.find(({ key }) => key === number)?.value
  expect(person('403720')).toMatchObject({
    lastName: 'Martin',
    firstName: 'Cléandre',
    email: 'cleandre.martin@nouvelle-aquitaine.example',
  })
  expect(person('401822')?.entity).toBe('Relation client; pôle "Sud"')
  expect(person('411927')?.jobTitle).toBe('=1+1')
})

test('nothing is kept of a person but what the product needs', async () => {
  const { run } = await judgeDemo()
  const fields = new Set(valuesOf(run.verdicts).flatMap((value) => Object.keys(value)))
  expect([...fields].sort()).toEqual(
    'email employeeNumber entity firstName jobTitle lastName phone siteCode'.split(' '),
  )
})

test('importing the same files again changes nothing', async () => {
  const { siteRun, input, run } = await judgeDemo()
  const again = judgePeople({ ...input, existing: valuesOf(run.verdicts) })
  expect(again.counts).toEqual({ created: 0, updated: 0, unchanged: 2863, rejected: 14, blank: 1 })
  expect(again.absent).toEqual([])
  const sites = await mapped('sites', demoFile('sites.csv'))
  const sitesAgain = judgeSites({ ...sites, existing: valuesOf(siteRun.verdicts) })
  expect(sitesAgain.counts.unchanged).toBe(truth.sites)
})

test('the same people as a workbook get the same verdicts', async () => {
  const table = await tableOf(demoFile('effectifs.csv'))
  const rows = table.rows.map(({ cells }) => cells)
  const { run } = await judgeDemo(workbook({ Effectifs: [table.headers, ...rows] }))
  // A spreadsheet program has no last row without content.
  expect(run.counts).toEqual({ created: 2861, updated: 0, unchanged: 2, rejected: 14, blank: 0 })
})
