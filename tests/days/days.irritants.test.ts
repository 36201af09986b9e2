import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { irritantsRoutes as routes } from '#shared/days/days.irritants.contract.ts'
import { type MadeRegion, makeRegion } from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let region: MadeRegion
let director: Caller
beforeAll(async () => {
  test = await startTestApp()
  region = await makeRegion(test.db, test.clock.now())
  director = await test.signedIn(region.director)
})
afterAll(() => test.close())

const params = () => ({ regionId: region.regionId })
const names = async () => {
  const all = await director.ask(routes.irritants, { params: params() })
  return all.filter(({ archived }) => !archived).map(({ nameFr }) => nameFr)
}

describe('the irritants of a region', () => {
  it('begin with the four everybody knows, and take its own before « something else »', async () => {
    expect(await names()).toHaveLength(5)
    const body = { nameFr: 'Facture difficile à lire' }
    const added = await director.ask(routes.addIrritant, { params: params(), body })
    expect(added).toMatchObject({ nameEn: 'Facture difficile à lire', archived: false })
    expect((await names()).slice(-2)).toEqual(['Facture difficile à lire', 'Autre chose'])
  })

  it('hold each wording once, whatever its case, even when two add it at once', async () => {
    const add = (nameFr: string) =>
      director.call(routes.addIrritant, { params: params(), body: { nameFr } })
    const both = await Promise.all([add('Rappel jamais venu'), add('Rappel jamais venu')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await add('RAPPEL jamais venu')).problem?.code).toBe('irritant-known')
  })

  it('can be renamed, put away and brought back', async () => {
    const body = { nameFr: 'Rendez-vous manqué' }
    const { id } = await director.ask(routes.addIrritant, { params: params(), body })
    const change = (changes: object) =>
      director.ask(routes.changeIrritant, {
        params: { ...params(), irritantId: id },
        body: changes,
      })
    await change({ nameFr: 'Rendez-vous non tenu', nameEn: 'Missed appointment' })
    expect(await change({ archived: true })).toMatchObject({ archived: true })
    expect(await names()).not.toContain('Rendez-vous non tenu')
    await change({ archived: false })
    expect(await names()).toContain('Rendez-vous non tenu')
  })

  it('are nobody else’s to change, not even an administrator’s', async () => {
    const administrator = await test.signedIn(region.administrator)
    const answer = await administrator.call(routes.irritants, { params: params() })
    expect(answer.problem?.code).toBe('forbidden')
    const elsewhere = await makeRegion(test.db, test.clock.now())
    const [first] = await director.ask(routes.irritants, { params: params() })
    const other = await test.signedIn(elsewhere.director)
    const stolen = await other.call(routes.changeIrritant, {
      params: { regionId: elsewhere.regionId, irritantId: first!.id },
      body: { archived: true },
    })
    expect(stolen.problem?.code).toBe('not-found')
  })
})
