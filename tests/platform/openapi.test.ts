import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allRoutes } from '#shared/routes.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

describe('the API’s own description', () => {
  it('tells every contract, and nothing else', async () => {
    const response = await test.app.inject({ url: '/api/openapi.json' })
    const { paths } = response.json() as { paths: Record<string, Record<string, unknown>> }
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const contracts = Object.values(allRoutes).map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    )
    expect(told.sort()).toEqual(contracts.sort())
  })

  it('can be read as a page', async () => {
    const response = await test.app.inject({ url: '/api/docs/' })
    expect(response.statusCode).toBe(200)
    expect(response.body).toContain('swagger')
  })
})
