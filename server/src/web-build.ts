import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const webFolder = join(root, 'web', 'dist')
const sources = ['web', 'shared', 'package-lock.json']

/**
 * Builds the web app unless what stands there was made from exactly these sources: told by their
 * contents, since clones and images give files new dates.
 */
export async function buildWeb(tell: (line: string) => void): Promise<void> {
  const stamp = join(webFolder, '.sources')
  const wanted = await digest()
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return
  tell('Building the web app…')
  const { build } = await import('vite')
  await build({ root: join(root, 'web'), logLevel: 'warn' })
  await writeFile(stamp, wanted)
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

// `npm run build`: the same, once, for an image that must start at once.
if (import.meta.main) await buildWeb((line) => process.stdout.write(`${line}\n`))
