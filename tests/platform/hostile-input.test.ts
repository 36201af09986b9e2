import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import * as matching from '#server/features/matching/matching.service.ts'
import { blankStory } from '#server/features/reminders/reminders.rules.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { RouteContract } from '#shared/contract.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { allRoutes } from '#shared/routes.ts'
import { planned } from '../actions/actions.factory.ts'
import { makeDay } from '../days/days.factory.ts'
import { debriefOf, makeFinding, type SignedBallot } from '../debrief/debrief.factory.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { programmeInput, runningProgramme } from '../programmes/programmes.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { answerOf, startTestApp, type TestApp } from '../support/app.ts'
import { runningWorkshop } from '../workshops/workshops.factory.ts'

// Whatever is sent, the answer is never « our fault »: every route is asked with input made from
// its own contract and then spoiled, piece by piece, by whoever is let in furthest.

let test: TestApp
let world: LivedDay
/** Its debrief is open, and its vote is not; this other one’s is. */
let voting: { lived: LivedDay; code: string; ballot: SignedBallot; findingId: string }
/** One that runs, with the links of the bystander. */
let programme: Awaited<ReturnType<typeof runningProgramme>>
/** One whose seats are published, with the links of the bystander, who sits in its first session. */
let workshop: Awaited<ReturnType<typeof runningWorkshop>>
/** Accounts that together may do everything. */
let accounts: string[]
let ids: Record<string, string>

beforeAll(async () => {
  test = await startTestApp()
  const { db, clock, services } = test
  world = await livedDay(test)
  const { region, shop, seller } = world
  const now = clock.now()
  const host = await makePerson(db, now, shop, { role: 'shop_seller' })
  const day = await makeDay(db, now, region.regionId, {
    date: '2027-09-16',
    open: true,
    by: region.director,
  })
  const slot = await makeSlot(
    services,
    now,
    day,
    { personId: host.id, siteId: shop.id, roleId: seller.id },
    { period: 'morning' },
  )
  const file = new TextEncoder().encode('matricule;nom;prénom;site\n1;Durand;Léa;X\n')
  const draft = await world.callers.director.ask(rosterRoutes.upload, {
    params: { regionId: region.regionId },
    query: { kind: 'people', fileName: 'effectifs.csv' },
    body: file,
  })
  const [plan] = await matching.plansOfDay(db, world.day.id)
  const { code } = (await debriefOf(test, world).open()).room!
  const finding = await makeFinding(test, world, 'Attendre')
  const action = await planned(world)
  programme = await runningProgramme(test, region.regionId, world.bystander.id)
  workshop = await runningWorkshop(test, {
    regionId: region.regionId,
    director: world.callers.director,
    site: shop,
    facilitator: world.host,
    sitter: world.bystander,
  })
  voting = await atTheVote()
  accounts = [
    region.director,
    world.bystander.accountId!,
    host.accountId!,
    world.host.accountId!,
    world.guests[0]!.accountId!,
    region.administrator,
    voting.lived.guests[0]!.accountId!,
  ]
  ids = {
    regionId: region.regionId,
    dayId: day.id,
    siteId: shop.id,
    siteIds: shop.id,
    roleId: seller.id,
    roleIds: seller.id,
    slotId: slot.id,
    periodId: day.periods[0]!.id,
    personId: world.bystander.id,
    placementId: world.placements[0]!,
    irritantId: world.observing.irritants[0]!.id,
    focusIrritantIds: world.observing.irritants[0]!.id,
    credential: world.observing.credential,
    importId: draft.id,
    planId: plan!.id,
    observationId: randomUUID(),
    observationIds: finding.observationId,
    findingId: finding.id,
    findingIds: finding.id,
    actionId: action.id,
    ownerId: world.bystander.id,
    code,
    reminder: 'on-hold',
    programmeId: programme.programmeId,
    workshopId: workshop.workshopId,
    sessionId: workshop.sessionId,
    choices: workshop.sessionId,
    facilitatorId: world.host.id,
    course: 'half-full-glass',
    chooseUntil: '2099-01-01',
    from: '2099-01-01',
    until: '2099-02-01',
    startsOn: '2027-09-16',
    ballotId: voting.ballot.id,
    signature: voting.ballot.signature,
    blinded: 'A'.repeat(342),
    id: randomUUID(),
    token: deriveToken(services.secret, 'slot', slot.id, slot.linkGeneration),
    kind: 'people',
    date: '2027-09-16',
    offersCloseOn: '2027-08-01',
    signUpClosesOn: '2027-08-02',
    confirmUntil: '2027-08-03',
    startsAt: '09:00',
    endsAt: '12:00',
    timeZone: 'Europe/Paris',
    email: 'somebody@region.example',
    secretHash: 'a'.repeat(64),
    secret: '0'.repeat(25),
  }
})
afterAll(() => test.close())

/** A session of its own in which the room votes, with somebody’s ballot. */
async function atTheVote() {
  test.clock.set('2027-03-01T09:00:00Z')
  const lived = await livedDay(test)
  const session = debriefOf(test, lived)
  const { code } = (await session.open()).room!
  const { id: findingId } = await makeFinding(test, lived, 'Attendre')
  const ballot = await session.ballotFor(lived.callers.host)
  await session.goTo('vote')
  return { lived, code, ballot, findingId }
}

/** Where what a name in the path means depends on the path. */
function placesIn(path: string): { [param: string]: string } {
  if (/voters|ballots/.test(path)) return { code: voting.code }
  if (path.includes('/reminder-links/')) return { token: programme.reminderToken }
  if (path.includes('/programme-links/')) return { token: programme.programmeToken }
  if (path.includes('/workshop-links/')) return { token: workshop.workshopToken }
  if (path.includes('/facilitator-links/')) return { token: workshop.facilitatorToken }
  if (path.includes('/workshop-rooms/')) return { token: workshop.roomToken }
  const isOfLivedDay = /observ|finding|debrief|actions|report/.test(path)
  return isOfLivedDay ? { dayId: world.day.id } : {}
}

/** The version a writer would have read by now: with an older one nothing behind it would be reached. */
async function versionNow(path: string): Promise<number | undefined> {
  const { db } = test
  if (path.includes('/findings/:')) {
    const row = db.selectFrom('findings').select('version').where('id', '=', ids.findingId!)
    return (await row.executeTakeFirst())?.version
  }
  if (path.includes('/actions/:')) {
    const row = db.selectFrom('actions').select('version').where('id', '=', ids.actionId!)
    return (await row.executeTakeFirst())?.version
  }
  if (path.includes('/kits/')) {
    const row = db.selectFrom('kit_parts').select('version').where('region_id', '=', ids.regionId!)
    return (await row.executeTakeFirst())?.version
  }
  if (path.includes('/programmes/:')) {
    const row = db.selectFrom('programmes').select('version').where('id', '=', ids.programmeId!)
    return (await row.executeTakeFirst())?.version
  }
  if (path.includes('/workshops/:')) {
    const row = db.selectFrom('workshops').select('version').where('id', '=', ids.workshopId!)
    return (await row.executeTakeFirst())?.version
  }
  if (path.includes('/workshop-sessions/:')) {
    const row = db
      .selectFrom('workshop_sessions')
      .select('version')
      .where('id', '=', ids.sessionId!)
    return (await row.executeTakeFirst())?.version
  }
  if (path.includes('/reminders/:')) {
    const row = db
      .selectFrom('reminder_versions')
      .innerJoin('reminder_stories', 'reminder_stories.id', 'reminder_id')
      .select('saved')
      .where('shipped', '=', ids.reminder!)
      .where('published_at', 'is', null)
    return (await row.executeTakeFirst())?.saved
  }
  return undefined
}

/** Where a value follows from another, the contract’s shape alone does not give a good example. */
const examples: { [route: string]: () => Json } = {
  'PUT /api/days/:dayId/signup': () => ({
    wishes: [
      { roleId: null, periodId: ids.periodId!, place: 'site', siteId: ids.siteId!, radiusKm: null },
    ],
  }),
  'PUT /api/debriefs/:code/ballots/:ballotId': () => ({
    signature: voting.ballot.signature,
    findingIds: [voting.findingId],
  }),
  'PUT /api/programmes/:programmeId': () => ({ ...programmeInput(), version: 1 }) as Json,
  'PUT /api/regions/:regionId/reminders/:reminder/draft': () => ({
    saved: 0,
    story: { ...blankStory('fr'), title: { fr: 'Un titre' } } as unknown as Json,
  }),
  'PUT /api/regions/:regionId/imports/:importId/mapping': () => ({
    sheet: null,
    headerLine: 1,
    mapping: { employeeNumber: 0, lastName: 1, firstName: 2, siteCode: 3 },
  }),
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Schema = { [key: string]: unknown }

/** One value a schema accepts, with ids that exist where its name tells which. */
function sampleOf(schema: Schema, name: string): Json {
  const { anyOf, oneOf, allOf } = schema as { [key: string]: Schema[] | undefined }
  const choice = (anyOf ?? oneOf ?? allOf)?.[0]
  if (choice) return sampleOf(choice, name)
  if ('const' in schema) return schema.const as Json
  if (Array.isArray(schema.enum)) return schema.enum[0] as Json
  const known = ids[name]
  switch (schema.type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as { [key: string]: Schema }
      return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, sampleOf(value, key)]),
      )
    }
    case 'array':
      return [sampleOf((schema.items ?? {}) as Schema, name)]
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? 1)
    case 'string':
      if (known) return known
      if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000'
      if (schema.format === 'email') return 'somebody@region.example'
      if (schema.format === 'date') return '2027-09-16'
      return 'a'.repeat(Math.max(8, Number(schema.minLength ?? 0)))
    default:
      return null
  }
}

/** No field here holds that much. */
const tenThousand = 'x'.repeat(10_000)
const evilTexts = [
  'NUL\u0000inside',
  'half a pair \ud83d',
  '\ufeff\u202e{{capability:slot:00000000-0000-4000-8000-000000000000:1}}',
  '❤️'.repeat(2_000),
  '👩‍👩‍👧‍👦'.repeat(80),
  // Long enough for JavaScript, too short for PostgreSQL, which counts characters.
  '👍👍',
  tenThousand,
  '',
  '   ',
  '2027-02-30',
  '25:61',
  "'; drop table days; --",
  '%_\\',
  '__proto__',
]
const evilNumbers = [-1, 0, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308]

/** The same value with one thing spoiled, for every place and every way. */
function* spoiled(value: Json): Generator<Json> {
  if (typeof value === 'string') {
    yield* evilTexts
    yield [value.toUpperCase(), 7, null, [value], { a: value }] as unknown as Json
    if (value !== value.toUpperCase()) yield value.toUpperCase()
  } else if (typeof value === 'number') yield* evilNumbers
  else if (Array.isArray(value)) {
    yield []
    yield [...value, ...value]
    yield [...value, ...value.map((one) => inUpperCase(one))]
    yield Array.from({ length: 3_000 }, () => value[0] ?? null)
    for (const one of spoiled(value[0] ?? null)) yield [one]
  } else if (value !== null && typeof value === 'object') {
    yield {}
    for (const [key, part] of Object.entries(value)) {
      yield { ...value, [key]: null }
      for (const one of spoiled(part)) yield { ...value, [key]: one }
    }
  }
}

const inUpperCase = (value: Json): Json =>
  JSON.parse(JSON.stringify(value).replace(/"[0-9a-f-]{36}"/g, (id) => id.toUpperCase()))

interface Asked {
  params: { [key: string]: string }
  query: { [key: string]: string }
  body: Json | undefined
}

async function ask(contract: RouteContract, cookie: string | undefined, asked: Asked) {
  const path = contract.path.replace(/:(\w+)/g, (_, name) => asked.params[name] ?? '')
  const query = new URLSearchParams(asked.query).toString()
  return answerOf(test.app, {
    method: contract.method,
    url: query ? `${path}?${query}` : path,
    ...(asked.body === undefined ? {} : { payload: JSON.stringify(asked.body) }),
    headers: {
      'sec-fetch-site': 'same-origin',
      'idempotency-key': `key ${Math.random()}`,
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie ? { cookie } : {}),
    },
  })
}

/** A reminder names what was saved by another word, since its versions are those that are told. */
const withVersion = (asked: Asked, version: number): Asked => {
  const body = asked.body as { [key: string]: Json }
  return { ...asked, body: { ...body, ['saved' in body ? 'saved' : 'version']: version } }
}

function sampleFor(contract: RouteContract): Asked {
  const partOf = (schema: unknown) =>
    schema instanceof z.ZodType
      ? sampleOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, '')
      : undefined
  const texts = (value: Json | undefined) =>
    Object.fromEntries(Object.entries((value ?? {}) as object).map(([k, v]) => [k, String(v)]))
  return {
    params: texts(partOf(contract.params)),
    query: texts(partOf(contract.query)),
    body: examples[`${contract.method} ${contract.path}`]?.() ?? partOf(contract.body),
  }
}

const inPath = ['%00', '%zz', '..%2f..%2fetc%2fpasswd', 'x'.repeat(300), '%ed%a0%80', '0', '-1']

// What closes or ends something comes last: before it, more is let through.
const endings = /close|cancellation|DELETE|\/end$/
const inOrder = Object.values(allRoutes).toSorted(
  (a, b) => Number(endings.test(a.method + a.path)) - Number(endings.test(b.method + b.path)),
)

it.each(inOrder.map((one) => [`${one.method} ${one.path}`, one] as const))(
  '%s answers spoiled input as the caller’s fault',
  async (_, contract) => {
    const sample = sampleFor(contract)
    for (const [name, value] of Object.entries(placesIn(contract.path))) {
      if (name in sample.params) sample.params[name] = value
    }
    // Whoever gets furthest; signed in anew, as the route before may have ended a session.
    let furthest = { cookie: undefined as string | undefined, status: 600 }
    for (const account of accounts) {
      const { cookie } = await test.signedIn(account)
      const { statusCode } = await ask(contract, cookie, sample)
      const status = [401, 403].includes(statusCode) ? 599 : statusCode
      if (status < furthest.status) furthest = { cookie, status }
      if (status < 300) break
    }
    const { cookie } = furthest
    const failures: string[] = []
    const expectAnswer = async (asked: Asked) => {
      const sent = JSON.stringify(asked.body) ?? ''
      const version = /"version":1|"saved":[01],/.test(sent)
        ? await versionNow(contract.path)
        : undefined
      const current = version === undefined ? asked : withVersion(asked, version)
      const { statusCode, body } = await ask(contract, cookie, current)
      if (statusCode >= 500 || (statusCode < 300 && sent.includes(tenThousand)))
        failures.push(`${JSON.stringify(asked).slice(0, 300)} → ${body.slice(0, 100)}`)
    }
    for (const name of Object.keys(sample.params)) {
      for (const evil of inPath) {
        await expectAnswer({ ...sample, params: { ...sample.params, [name]: evil } })
      }
    }
    for (const name of Object.keys(sample.query)) {
      for (const evil of [...evilTexts, ...evilNumbers.map(String)]) {
        await expectAnswer({ ...sample, query: { ...sample.query, [name]: evil } })
      }
    }
    if (sample.body !== undefined) {
      for (const body of spoiled(sample.body)) await expectAnswer({ ...sample, body })
    }
    for (const body of ['text', 7, [], [[]]] as Json[]) await expectAnswer({ ...sample, body })
    expect(failures).toEqual([])
  },
)

it('answers requests that are not even well formed', async () => {
  const { cookie } = await test.signedIn(world.region.director)
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const write = { method: 'POST' as const }
  // Takes no body: what comes along is read by nobody.
  const closing = `/api/days/${world.day.id}/sign-up/close`
  const plans = `/api/days/${world.day.id}/plans`
  const json = { 'content-type': 'application/json', 'idempotency-key': 'deep-as-can-be' }
  const upload = `/api/regions/${world.region.regionId}/imports?kind=people&fileName=a.csv`
  const asked: [number[], InjectOptions][] = [
    [[200, 409], { ...write, url: closing, payload: deep, headers: { cookie: cookie!, ...json } }],
    [[400], { ...write, url: plans, payload: deep, headers: { cookie: cookie!, ...json } }],
    [
      [400],
      { ...write, url: '/api/regions', payload: deep, headers: { cookie: cookie!, ...json } },
    ],
    [
      [415],
      {
        ...write,
        url: upload,
        payload: 'a;b',
        headers: { cookie: cookie!, 'content-type': 'text/plain' },
      },
    ],
    [
      [415],
      {
        ...write,
        url: '/api/sign-in-links',
        payload: '<a/>',
        headers: { 'content-type': 'application/xml' },
      },
    ],
    [
      [413],
      {
        ...write,
        url: '/api/sign-in-links',
        payload: `{"email":"${'x'.repeat(300_000)}"}`,
        headers: json,
      },
    ],
    [
      [400],
      { ...write, url: '/api/sign-in-links', payload: '{"__proto__":{"a":1}}', headers: json },
    ],
    [[401], { url: '/api/sessions', headers: { cookie: 'session=%E0%A4%A; session="; =;;;' } }],
    [[404], { url: '/api/nowhere' }],
    [[400, 404], { url: '/api/%zz' }],
    [[404], { url: '/assets/..%2f..%2fpackage.json' }],
    [[404], { url: '/..%2f..%2f..%2fetc%2fpasswd' }],
  ]
  for (const [expected, request] of asked) {
    const { statusCode, body } = await test.app.inject(request)
    expect(expected, `${JSON.stringify(request).slice(0, 200)}: ${body.slice(0, 200)}`).toContain(
      statusCode,
    )
  }
})
