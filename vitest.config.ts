import { defineConfig } from 'vitest/config'

const globalSetup = ['tests/support/postgres.ts']

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules and routes',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/journeys/**'],
          globalSetup,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup: [...globalSetup, 'tests/support/web.ts'],
          // Each drives a browser and a whole server: one after the other on two cores.
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
