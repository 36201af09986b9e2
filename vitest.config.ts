import { defineConfig } from 'vitest/config'

const globalSetup = ['tests/support/postgres.ts']

export default defineConfig({
  test: {
    // When to give up, not how long a test may take: two seconds of work last thirty on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A process for each core, and one for many files: no test replaces a module, and the server keeps
    // nothing in one, so the application is loaded once instead of a hundred times.
    maxWorkers: '100%',
    isolate: false,
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
          // Each drives a browser and a whole server, and mostly waits for them: as many at once as
          // cores, once the others are done.
          sequence: { groupOrder: 1 },
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
