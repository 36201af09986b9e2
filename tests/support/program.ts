import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'

/**
 * Unpacks the browser that comes from npm. It goes where TMPDIR says: into a folder of this user,
 * since another's copy in the shared one cannot be run.
 */
export async function browserProgram(): Promise<string> {
  const before = process.env.TMPDIR
  const folder = join(tmpdir(), `10-de-coeur-browser-${process.getuid?.() ?? 'user'}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  process.env.TMPDIR = folder
  try {
    return await sparticuz.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
