import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const webFolder = join(root, 'web', 'dist')
const sources = ['web', 'shared', 'package-lock.json']

/**
 * Makes sure the built web app is that of exactly these sources: told by their contents, since
 * clones and images give files new dates. Built in a process of its own, which takes the hundreds
 * of megabytes a build needs away with it.
 */
export async function ensureWeb(tell: (line: string) => void): Promise<void> {
  if (await isBuilt()) return
  tell('Building the web app…')
  const program = fileURLToPath(import.meta.url)
  await new Promise<void>((done, fail) => {
    const child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Tests look at the app a user gets; under another name it would be one for developers.
      env: { ...process.env, NODE_ENV: 'production' },
    })
    child.once('error', fail)
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error('the build failed'))))
  })
}

const stamp = join(webFolder, '.sources')

async function isBuilt(): Promise<boolean> {
  return (await readFile(stamp, 'utf8').catch(() => '')) === (await digest())
}

async function buildWeb(): Promise<void> {
  const { build } = await import('vite')
  const made = await digest()
  await build({ root: join(root, 'web'), logLevel: 'warn' })
  await writeFile(stamp, made)
}

async function digest(): Promise<string> {
  const files = (await Promise.all(sources.map((path) => filesIn(join(root, path))))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${relative(root, file)}\n`).update(await readFile(file))
  return hash.digest('hex')
}

async function filesIn(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const inside = entries
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules')
    .map((entry) => filesIn(join(path, entry.name)))
  return (await Promise.all(inside)).flat()
}

// `npm run build`, and the process above.
if (import.meta.main && !(await isBuilt())) await buildWeb()
