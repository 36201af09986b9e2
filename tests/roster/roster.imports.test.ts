import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleOfRegion, sitesOfRegion } from '#server/features/roster/roster.service.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { fileBytesLimit, rosterRoutes } from '#shared/roster/roster.contract.ts'
import type { FindingCode, RosterKind } from '#shared/roster/roster.vocabulary.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { type MadeRegion, makeCoordinator, makeRegion, makeSite } from './roster.factory.ts'
import { demoFile, workbook, workbookParts } from './roster.samples.ts'
import truth from './truth.json' with { type: 'json' }

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const { upload, correct, dryRun, verdicts, absent, report, commit, draft, abandon } = rosterRoutes

/** A region with its director at the keyboard. */
async function newRegion(): Promise<{ made: MadeRegion; director: Caller; regionId: string }> {
  const made = await makeRegion(test.db, test.clock.now())
  return { made, director: await test.signedIn(made.director), regionId: made.regionId }
}

const uploaded = (caller: Caller, regionId: string, kind: RosterKind, body: Uint8Array | string) =>
  caller.ask(upload, {
    params: { regionId },
    query: { kind, fileName: `${kind}.csv` },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  })

/** Uploads a file, looks at the dry run and commits just that. */
async function imported(
  caller: Caller,
  regionId: string,
  kind: RosterKind,
  body: Uint8Array | string,
) {
  const { id } = await uploaded(caller, regionId, kind, body)
  const params = { regionId, importId: id }
  const run = await caller.ask(dryRun, { params })
  const done = await caller.ask(commit, { params, body: { fingerprint: run.fingerprint } })
  return { params, run, done }
}

/** Every row of a dry run, page by page. */
async function allRows(caller: Caller, params: { regionId: string; importId: string }) {
  const rows = []
  let after: number | null = 0
  while (after !== null) {
    const query = { after: String(after), limit: '200' }
    const page: Awaited<ReturnType<typeof ask>> = await ask(query)
    rows.push(...page.rows)
    after = page.next
  }
  return rows
  function ask(query: { after: string; limit: string }) {
    return caller.ask(verdicts, { params, query })
  }
}

const site = 'Code site;Type;Nom;Commune\nBOU-40-049;boutique;Boutique Dax;Dax\n'
const header = 'Matricule;Nom;Prénom;Courriel;Métier;Site\n'
const person = (number: number, name: string, email: string, title = 'Analyste') =>
  `${number};${name};Sacha;${email};${title};BOU-40-049\n`

describe('the files HR sends', () => {
  it('are imported to the row of the yardstick, and a second time change nothing', async () => {
    const { director, regionId } = await newRegion()
    const sites = await imported(director, regionId, 'sites', demoFile('sites.csv'))
    expect(sites.done.counts).toMatchObject({ created: truth.sites, rejected: 0 })

    const people = await uploaded(director, regionId, 'people', demoFile('effectifs.csv'))
    expect(people.missing).toEqual([])
    const params = { regionId, importId: people.id }
    const run = await director.ask(dryRun, { params })
    const { expected } = truth
    const counts = {
      created: expected.created,
      updated: 0,
      unchanged: expected.unchanged_repeated_rows,
      rejected: expected.rejected,
      blank: expected.blank,
    }
    expect(run.counts).toEqual(counts)
    expect(run.findings.find(({ code }) => code === 'email_missing')?.count).toBe(
      expected.people_without_mail,
    )

    const rows = await allRows(director, params)
    expect(rows).toHaveLength(truth.rows + expected.blank)
    const fates: Record<keyof typeof truth.faults_by_employee_number, FindingCode[]> = {
      email_malformed: ['email_malformed'],
      email_missing: ['email_missing'],
      site_unknown: ['site_unknown'],
      name_missing: ['last_name_missing'],
      harmless_spaces_and_case: [],
      harmless_quotes_and_separator: [],
      harmless_leading_formula_sign: ['formula_like'],
      duplicate_identical: ['row_repeated'],
      duplicate_id_other_person: ['employee_number_shared', 'employee_number_shared'],
      manager_unknown_warning: ['manager_unknown'],
    }
    const listed = new Set<string>()
    for (const [fault, numbers] of Object.entries(truth.faults_by_employee_number)) {
      for (const number of numbers) {
        listed.add(number)
        const findings = rows.filter(({ key }) => key === number).flatMap((row) => row.findings)
        const codes = findings.map(({ code }) => code)
        expect(codes, `${fault} ${number}`).toEqual(fates[fault as keyof typeof fates])
      }
    }
    const others = rows.filter(({ key }) => key === null || !listed.has(key))
    expect(others.flatMap(({ findings }) => findings)).toEqual([])

    const done = await director.ask(commit, {
      params,
      body: { fingerprint: run.fingerprint },
    })
    expect(done.counts).toEqual(counts)
    const stored = await peopleOfRegion(test.db, regionId)
    expect(stored).toHaveLength(expected.created)
    expect(stored.filter(({ email }) => email === null)).toHaveLength(expected.people_without_mail)
    expect(stored.filter(({ accountId }) => accountId === null)).toHaveLength(
      expected.people_without_mail,
    )

    const again = await imported(director, regionId, 'people', demoFile('effectifs.csv'))
    expect(again.run.counts).toEqual({ ...counts, created: 0, unchanged: 2_863 })
    expect(again.run.absent).toBe(0)
    const sitesAgain = await imported(director, regionId, 'sites', demoFile('sites.csv'))
    expect(sitesAgain.run.counts).toMatchObject({ created: 0, updated: 0, unchanged: truth.sites })
    expect(await peopleOfRegion(test.db, regionId)).toEqual(stored)

    const titles = await director.ask(rosterRoutes.jobTitles, { params: { regionId } })
    const roles = await director.ask(rosterRoutes.roles, { params: { regionId } })
    const codeOf = (title: string) => {
      const id = titles.find((one) => one.title === title)?.roleId
      return roles.find((role) => role.id === id)?.code ?? null
    }
    expect(codeOf('Vendeur en boutique')).toBe('shop_seller')
    expect(codeOf("Technicien d'intervention")).toBe('field_technician')
    expect(codeOf('Chef de projet')).toBeNull()
  })
})

describe('an import', () => {
  it('changes what differs, lists who is absent and deletes nobody', async () => {
    const { director, regionId } = await newRegion()
    await imported(director, regionId, 'sites', site)
    const first = header + person(1, 'Un', 'un@r.example') + person(2, 'Deux', 'deux@r.example')
    await imported(director, regionId, 'people', first)
    const second = header + person(1, 'Un', 'un@r.example', 'Juriste') + person(3, 'Trois', '')
    const { id } = await uploaded(director, regionId, 'people', second)
    const params = { regionId, importId: id }
    const run = await director.ask(dryRun, { params })
    expect(run).toMatchObject({ counts: { created: 1, updated: 1, unchanged: 0 }, absent: 1 })
    const updated = await director.ask(verdicts, { params, query: { outcome: 'updated' } })
    expect(updated.rows).toMatchObject([
      { line: 2, name: 'Sacha Un', changes: [{ before: 'Analyste', after: 'Juriste' }] },
    ])
    expect(await director.ask(absent, { params })).toEqual({
      rows: [{ key: '2', name: 'Sacha Deux' }],
      next: null,
    })
    await director.ask(commit, { params, body: { fingerprint: run.fingerprint } })
    const people = await peopleOfRegion(test.db, regionId)
    expect(people.map(({ lastName, jobTitle }) => `${lastName} ${jobTitle}`).sort()).toEqual([
      'Deux Analyste',
      'Trois Analyste',
      'Un Juriste',
    ])
  })

  it('reads the sheet and the line of column names one points at', async () => {
    const { director, regionId } = await newRegion()
    await imported(director, regionId, 'sites', site)
    const book = workbook({
      Notes: [['Bonjour'], ['Voir la feuille suivante']],
      Agents: [
        ['Extraction du 3 mai', ''],
        ['Matricule', 'Nom', 'Prénom', 'Site'],
        ['7', 'Sept', 'Sacha', 'BOU-40-049'],
      ],
    })
    const first = await uploaded(director, regionId, 'people', book)
    expect(first).toMatchObject({ format: 'xlsx', sheets: ['Notes', 'Agents'], sheet: 'Notes' })
    const params = { regionId, importId: first.id }
    const body = { sheet: 'Agents', headerLine: null }
    const corrected = await director.ask(correct, { params, body })
    expect(corrected).toMatchObject({ sheet: 'Agents', headerLine: 2, missing: [] })
    expect((await director.ask(dryRun, { params })).counts).toMatchObject({ created: 1 })
    const unknown = await director.call(correct, { params, body: { ...body, sheet: 'Paie' } })
    expect(unknown.problem?.code).toBe('sheet-unknown')
  })

  it('remembers columns corrected by hand for the next file with the same names', async () => {
    const { director, regionId } = await newRegion()
    await imported(director, regionId, 'sites', site)
    const file = 'A;B;C;D\nx1;Un;Sacha;BOU-40-049\n'
    const first = await uploaded(director, regionId, 'people', file)
    const params = { regionId, importId: first.id }
    expect((await director.call(dryRun, { params })).problem).toMatchObject({
      code: 'mapping-field-missing',
      title: expect.stringContaining('Matricule'),
    })
    const mapping = { employeeNumber: 0, lastName: 1, firstName: 2, siteCode: 3 }
    const twice = { sheet: null, headerLine: null, mapping: { ...mapping, email: 0 } }
    expect((await director.call(correct, { params, body: twice })).problem?.code).toBe(
      'mapping-column-twice',
    )
    const body = { sheet: null, headerLine: null, mapping }
    expect((await director.ask(correct, { params, body })).missing).toEqual([])
    expect((await director.ask(dryRun, { params })).counts.created).toBe(1)
    const next = await uploaded(director, regionId, 'people', file.replace('x1', 'x2'))
    expect(next).toMatchObject({ remembered: true, missing: [] })
    expect(next.columns.map(({ field }) => field)).toEqual(Object.keys(mapping))
  })

  it('writes all of it or nothing, once, when two commits come at the same time', async () => {
    const { director, regionId } = await newRegion()
    await imported(director, regionId, 'sites', site)
    const file = header + person(1, 'Un', 'un@r.example')
    const { id } = await uploaded(director, regionId, 'people', file)
    const params = { regionId, importId: id }
    const { fingerprint } = await director.ask(dryRun, { params })
    const both = await Promise.all(
      [1, 2].map(() => director.call(commit, { params, body: { fingerprint } })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ problem }) => problem)?.problem?.code).toBe('import-over')
    expect(await peopleOfRegion(test.db, regionId)).toHaveLength(1)
  })

  it('asks to look again when the roster has changed since the dry run', async () => {
    const { director, made, regionId } = await newRegion()
    const administrator = await test.signedIn(made.administrator)
    await imported(director, regionId, 'sites', site)
    const mine = await uploaded(director, regionId, 'people', header + person(1, 'Un', ''))
    const params = { regionId, importId: mine.id }
    const seen = await director.ask(dryRun, { params })
    const other = await uploaded(administrator, regionId, 'people', header + person(1, 'Une', ''))
    const otherParams = { regionId, importId: other.id }
    const otherSeen = await administrator.ask(dryRun, { params: otherParams })
    const both = await Promise.all([
      director.call(commit, { params, body: { fingerprint: seen.fingerprint } }),
      administrator.call(commit, {
        params: otherParams,
        body: { fingerprint: otherSeen.fingerprint },
      }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ problem }) => problem)?.problem?.code).toBe('roster-changed')
    expect(await peopleOfRegion(test.db, regionId)).toHaveLength(1)
  })

  it('keeps the bytes of a file only until it is decided, or a day', async () => {
    const { director, regionId } = await newRegion()
    const contents = () =>
      test.db
        .selectFrom('roster_imports')
        .select(['status', 'content'])
        .where('region_id', '=', regionId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
    await imported(director, regionId, 'sites', site)
    expect(await contents()).toEqual([{ status: 'committed', content: null }])
    const dropped = await uploaded(director, regionId, 'sites', site)
    await director.ask(abandon, { params: { regionId, importId: dropped.id } })
    const forgotten = await uploaded(director, regionId, 'sites', site)
    test.clock.advance({ hours: 25 })
    await addJob(test.db, 'forget-old', {})
    await test.runJobs()
    expect((await contents()).map(({ content }) => content)).toEqual([null, null, null])
    const params = { regionId, importId: forgotten.id }
    expect((await director.call(draft, { params })).problem?.code).toBe('import-over')
  })

  it('gives a report no spreadsheet program takes for formulas', async () => {
    const { director, regionId } = await newRegion()
    await imported(director, regionId, 'sites', site)
    const file = `${header}=1+1;Un;Sacha;@cmd;=HYPERLINK("http://x");BOU-40-049\n`
    const { id } = await uploaded(director, regionId, 'people', file)
    const answer = await director.ask(report, { params: { regionId, importId: id } })
    expect(answer.contentType).toContain('text/csv')
    const text = Buffer.from(answer.bytes as Uint8Array).toString('utf8')
    expect(text).toContain(`"'=1+1"`)
    expect(text).not.toMatch(/(^|;|\n)"?[=@+]/)
  })
})

describe('a file too dear to read', () => {
  it('is refused by its announced size, before it is received', async () => {
    const { director, regionId } = await newRegion()
    const fifty = new Uint8Array(50 * 1_048_576)
    const answer = await director.call(upload, {
      params: { regionId },
      query: { kind: 'people', fileName: 'énorme.csv' },
      body: fifty,
    })
    expect(answer.problem?.code).toBe('too-large')
    expect(answer.problem?.title).toContain(String(fileBytesLimit / 1_048_576))
  })

  it('is refused when it would unpack to far more than it is', async () => {
    const { zipSync } = await import('fflate')
    const { director, regionId } = await newRegion()
    const bomb = { 'xl/sharedStrings.xml': new Uint8Array(150_000_000) }
    const body = zipSync({ ...workbookParts({ Effectifs: [['Matricule'], ['1']] }), ...bomb })
    expect(body.length).toBeLessThan(1_000_000)
    const answer = await director.call(upload, {
      params: { regionId },
      query: { kind: 'people', fileName: 'bombe.xlsx' },
      body,
    })
    expect(answer.problem?.code).toBe('file-inflates-too-much')
  })
})

describe('who may', () => {
  it('import: the region’s director and administrators, nobody else', async () => {
    const here = await newRegion()
    const elsewhere = await newRegion()
    const shop = await makeSite(test.db, test.clock.now(), here.regionId)
    const coordinator = await test.signedIn(await makeCoordinator(test.db, test.clock.now(), shop))
    const administrator = await test.signedIn(here.made.administrator)
    const tried = async (caller: Caller) =>
      (
        await caller.call(upload, {
          params: { regionId: here.regionId },
          query: { kind: 'sites', fileName: 'sites.csv' },
          body: Buffer.from(site),
        })
      ).status
    expect(await tried(here.director)).toBe(200)
    expect(await tried(administrator)).toBe(200)
    expect(await tried(elsewhere.director)).toBe(403)
    expect(await tried(coordinator)).toBe(403)
    expect(await tried(test.nobody)).toBe(401)
  })

  it('open an import only through its own region', async () => {
    const here = await newRegion()
    const elsewhere = await newRegion()
    const { id } = await uploaded(here.director, here.regionId, 'sites', site)
    const params = { regionId: elsewhere.regionId, importId: id }
    expect((await elsewhere.director.call(dryRun, { params })).status).toBe(404)
    expect(await sitesOfRegion(test.db, elsewhere.regionId)).toEqual([])
  })
})
