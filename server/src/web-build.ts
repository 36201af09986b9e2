import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const webFolder = join(root, 'web', 'dist')

/** Builds the web app unless what stands there is newer than everything it is made from. */
export async function buildWeb(tell: (line: string) => void): Promise<void> {
  const built = await modified(join(webFolder, 'index.html'))
  const sources = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'shared']
  const newest = Math.max(
    await modified(join(root, 'package-lock.json')),
    ...(await Promise.all(sources.map((path) => newestIn(join(root, path))))),
  )
  if (built > newest) return
  tell('Building the web app…')
  const { build } = await import('vite')
  await build({ root: join(root, 'web'), logLevel: 'warn' })
}

async function modified(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch {
    return 0
  }
}

async function newestIn(path: string): Promise<number> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const times = entries
      .filter((entry) => entry.isFile())
      .map((entry) => modified(join(entry.parentPath, entry.name)))
    return Math.max(0, ...(await Promise.all(times)))
  } catch {
    return modified(path)
  }
}

// `npm run build`: the same, once, for an image that must start at once.
if (import.meta.main) await buildWeb((line) => process.stdout.write(`${line}\n`))
