import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kitsOfRole } from '#server/features/kits/kits.service.ts'
import { type Role, rolesOfRegion } from '#server/features/roster/roster.service.ts'
import { newId } from '#server/platform/identity.ts'
import { kitsRoutes as routes } from '#shared/kits/kits.contract.ts'
import type { KitSection } from '#shared/kits/kits.vocabulary.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** A region of its own for each test, with its director signed in. */
async function regionWithKits() {
  const { regionId, director } = await makeRegion(test.db, test.clock.now())
  const roles = await rolesOfRegion(test.db, regionId)
  const seller = roles.find(({ code }) => code === 'shop_seller')!
  return { regionId, seller, account: director, director: await test.signedIn(director) }
}

const address = (regionId: string, role: Role, language: 'fr' | 'en' | 'nl' = 'fr') => ({
  params: { regionId, roleId: role.id, language },
})

const line = (text: string, title = '') => ({ title, text })

function save(
  caller: Caller,
  regionId: string,
  role: Role,
  section: KitSection,
  body: { version: number; lines: ReturnType<typeof line>[] | null },
) {
  const params = { regionId, roleId: role.id, language: 'fr' as const, section }
  return caller.call(routes.saveKitPart, { params, body })
}

const read = async (role: Role, section: KitSection) =>
  (await kitsOfRole(test.db, role)).find(({ language }) => language === 'fr')?.kit[section]

describe('the kits of a region', () => {
  it('are the shipped ones for the five roles everybody starts with, in three languages', async () => {
    const { regionId, director } = await regionWithKits()
    const shelf = await director.ask(routes.kits, { params: { regionId } })
    expect(shelf).toHaveLength(5)
    for (const { languages } of shelf) {
      expect(languages.map(({ language }) => language)).toEqual(['fr', 'en', 'nl'])
      expect(languages.every(({ empty, edited }) => !empty && edited === 0)).toBe(true)
    }
  })

  it('take the region’s words for one part and language, and keep what ships elsewhere', async () => {
    const { regionId, seller, director } = await regionWithKits()
    const before = await read(seller, 'dress')
    const lines = [line('  Un badge bleu, remis à l’accueil '), line('')]
    const saved = await save(director, regionId, seller, 'bring', { version: 0, lines })
    expect(saved.body).toMatchObject({
      edited: true,
      behind: false,
      version: 1,
      editedBy: 'Dominique Directrice',
      lines: [line('Un badge bleu, remis à l’accueil')],
    })
    expect(await read(seller, 'bring')).toEqual([line('Un badge bleu, remis à l’accueil')])
    expect(await read(seller, 'dress')).toEqual(before)
    const english = await director.ask(routes.kit, address(regionId, seller, 'en'))
    expect(english.parts.some(({ edited }) => edited)).toBe(false)
    const shelf = await director.ask(routes.kits, { params: { regionId } })
    expect(shelf.find(({ role }) => role.id === seller.id)?.languages[0]).toMatchObject({
      edited: 1,
      behind: 0,
    })
  })

  it('let a part be emptied on purpose', async () => {
    const { regionId, seller, director } = await regionWithKits()
    await save(director, regionId, seller, 'after', { version: 0, lines: [] })
    expect(await read(seller, 'after')).toEqual([])
  })

  it('go back to what ships, and know it when the same text is typed again', async () => {
    const { regionId, seller, director } = await regionWithKits()
    const shipped = await read(seller, 'bring')
    await save(director, regionId, seller, 'bring', { version: 0, lines: [line('Rien')] })
    const back = await save(director, regionId, seller, 'bring', { version: 1, lines: null })
    expect(back.body).toMatchObject({ edited: false, version: 2, lines: shipped })
    const typed = await save(director, regionId, seller, 'bring', { version: 2, lines: shipped! })
    expect(typed.body).toMatchObject({ edited: false, version: 3 })
    expect(await read(seller, 'bring')).toEqual(shipped)
  })

  it('tell the second of two directors who edit at once, and lose neither text', async () => {
    const { regionId, seller, director } = await regionWithKits()
    const write = (text: string) =>
      save(director, regionId, seller, 'dress', { version: 0, lines: [line(text)] })
    const both = await Promise.all([write('Chemise claire'), write('Polo fourni')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const told = both.find(({ problem }) => problem)
    expect(told?.problem?.code).toBe('kit-changed')
    const kept = both.find(({ body }) => body)?.body
    expect(await read(seller, 'dress')).toEqual(kept?.lines)
    // Having looked at the other's text, the second may still put theirs.
    const again = await save(director, regionId, seller, 'dress', {
      version: kept!.version,
      lines: [line('Polo fourni, chemise claire dessous')],
    })
    expect(again.status).toBe(200)
  })

  it('tell the second as well where the part was worded before', async () => {
    const { regionId, seller, director } = await regionWithKits()
    const write = (version: number, text: string) =>
      save(director, regionId, seller, 'dress', { version, lines: [line(text)] })
    await write(0, 'Chemise')
    const both = await Promise.all([write(1, 'Chemise claire'), write(1, 'Polo fourni')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const kept = both.find(({ body }) => body)?.body
    expect(await read(seller, 'dress')).toEqual(kept?.lines)
  })

  it('do not take a former version for the present one after going back to what ships', async () => {
    const { regionId, seller, director } = await regionWithKits()
    await save(director, regionId, seller, 'dress', { version: 0, lines: [line('Un')] })
    await save(director, regionId, seller, 'dress', { version: 1, lines: null })
    const stale = await save(director, regionId, seller, 'dress', {
      version: 0,
      lines: [line('Deux')],
    })
    expect(stale.problem?.code).toBe('kit-changed')
  })

  it('keep the region’s words when the shipped text improves, and say so', async () => {
    const { regionId, seller, director } = await regionWithKits()
    await save(director, regionId, seller, 'bring', { version: 0, lines: [line('Un badge')] })
    // As after an update of the product: what the region replaced is no longer what ships.
    await test.db
      .updateTable('kit_parts')
      .set({ replaced: JSON.stringify([line('Un texte d’une version passée')]) })
      .where('region_id', '=', regionId)
      .execute()
    const kit = await director.ask(routes.kit, address(regionId, seller))
    const part = kit.parts.find(({ section }) => section === 'bring')!
    expect(part).toMatchObject({ behind: true, lines: [line('Un badge')] })
    const looked = await save(director, regionId, seller, 'bring', {
      version: 1,
      lines: part.lines,
    })
    expect(looked.body).toMatchObject({ behind: false, lines: [line('Un badge')] })
  })

  it('can be written for a role the region added itself, which has none until then', async () => {
    const { regionId, seller, director } = await regionWithKits()
    const id = newId(test.clock.now())
    await test.db
      .insertInto('roles')
      .values({
        id,
        region_id: regionId,
        code: 'back_office',
        name_fr: 'Gestionnaire de dossiers',
        name_en: 'Case handler',
        drawing: 'office',
        site_kind: 'bureaux',
        position: 9,
        archived_at: null,
      })
      .execute()
    const own = { ...seller, id, code: 'back_office' }
    expect(await kitsOfRole(test.db, own)).toEqual([])
    await save(director, regionId, own, 'hours', {
      version: 0,
      lines: [line('Le courrier du jour, à deux.', 'À 9 h')],
    })
    expect(await read(own, 'hours')).toEqual([line('Le courrier du jour, à deux.', 'À 9 h')])
  })

  it('record who worded what, and not the words', async () => {
    const { regionId, seller, director, account } = await regionWithKits()
    await save(director, regionId, seller, 'bring', { version: 0, lines: [line('Un badge')] })
    const events = await test.db
      .selectFrom('audit_events')
      .select(['action', 'account_id as by', 'details'])
      .where('region_id', '=', regionId)
      .where('action', '=', 'kits.word')
      .execute()
    expect(events).toEqual([
      { action: 'kits.word', by: account, details: { language: 'fr', section: 'bring' } },
    ])
  })

  it('refuse a role of another region, and more lines than a page holds', async () => {
    const { regionId, seller, director } = await regionWithKits()
    const other = await regionWithKits()
    const foreign = await save(director, regionId, other.seller, 'bring', { version: 0, lines: [] })
    expect(foreign.problem?.code).toBe('not-found')
    const lines = Array.from({ length: 13 }, (_, at) => line(`Ligne ${at}`))
    const long = await save(director, regionId, seller, 'bring', { version: 0, lines })
    expect(long.problem?.code).toBe('invalid-input')
  })
})
