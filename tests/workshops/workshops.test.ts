import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentLanguages } from '#shared/vocabulary/content-language.ts'
import { workshopsRoutes as routes } from '#shared/workshops/workshops.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { typeset, wordingsOf } from '../support/wordings.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

describe('the workshops one can lead', () => {
  it('are on a shelf, each an hour at most', async () => {
    const shelf = await test.nobody.ask(routes.courses)
    expect(shelf.map(({ title }) => title.fr)).toEqual([
      'Mon cercle d’influence',
      'Le verre à moitié plein',
    ])
    for (const { minutes } of shelf) expect(minutes).toBeLessThanOrEqual(60)
  })

  it('are read whole, with what stands above each part in every language', async () => {
    for (const { name } of await test.nobody.ask(routes.courses)) {
      const { course, headings } = await test.nobody.ask(routes.course, {
        params: { course: name },
      })
      expect(course.steps.length).toBeGreaterThan(3)
      for (const heading of Object.values(headings)) {
        expect(Object.keys(heading).sort()).toEqual([...contentLanguages].sort())
      }
      for (const { text, language, path } of wordingsOf(headings)) {
        expect(typeset(text, language), `${path} ${language}`).toBe(true)
      }
    }
  })

  it('do not answer for a name that never shipped', async () => {
    const answer = await test.nobody.call(routes.course, { params: { course: 'constructor' } })
    expect(answer.problem?.code).toBe('not-found')
  })
})
