import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, vi } from 'vitest'

const server = fileURLToPath(new URL('../../server/src/server.ts', import.meta.url))

/** Starts the real process, pages left out unless asked for, and hears what it says. */
export function startProcess(environment: Record<string, string>, { pages = false } = {}) {
  const child = spawn(process.execPath, [server, ...(pages ? [] : ['--api-only'])], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended, said: () => said }
}

/** Waits until the process answers; fails the test with what it said when it ends before. */
export async function untilHealthy({ ended, said }: ReturnType<typeof startProcess>, port: number) {
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  const healthy = vi.waitUntil(answers, { timeout: 60_000, interval: 200 })
  const code = await Promise.race([healthy.catch(() => 'never'), ended])
  expect(code, said()).toBe(true)
}

/** A port nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
