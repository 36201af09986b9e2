import { spawn } from 'node:child_process'

export interface Run {
  code: number | null
  out: string
  error: string
}

export const command = new URL('../../server/src/match.ts', import.meta.url).pathname

/** The matching command as a process of its own, with what stands on its standard input. */
export function match(
  args: string[],
  input: string | Uint8Array = '',
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Run> {
  const { npm_lifecycle_event: _, ...env } = { ...process.env, ...options.env }
  const child = spawn(process.execPath, [command, ...args], {
    ...options,
    env: { ...env, ...options.env },
  })
  const run: Run = { code: null, out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (run.out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (run.error += text))
  child.stdin.on('error', () => {}) // refused before everything was read
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...run, code }))
  })
}
