import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type Rolldown } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const outDir = join(here, 'dist')

/** Pages that open with no network; what they import, at once or when needed, is kept with them. */
const pagesKept = [
  'observations/ObservePage.tsx',
  'observations/MyObservationsPage.tsx',
  'attendance/SheetPage.tsx',
]

// Every script, style and font leaves as a hashed file of our own origin, so that the server's
// content security policy needs neither `unsafe-inline` scripts nor `data:` fonts.
export default defineConfig({
  root: here,
  plugins: [react(), worker()],
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: fewFiles() } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})

/**
 * Each file costs a phone a few milliseconds before the first question is on its screen, far more
 * than the bytes do: all words of a language, what every page needs, and what the pages that open
 * with no network need besides, are one file each.
 */
function fewFiles(): Rolldown.CodeSplittingGroup[] {
  const libraries =
    /node_modules\/(react|react-dom|react-i18next|scheduler|i18next|zod|idb|@tanstack)\//
  const kept = pagesKept.map((page) => `features/${page}`)
  return [
    { name: 'words-fr', test: /\.fr\.json$/ },
    { name: 'words-en', test: /\.en\.json$/ },
    { name: 'libraries', test: libraries },
    { name: fileOf('app', ['main.tsx']), debugName: 'app' },
    { name: fileOf('kept', kept), debugName: 'kept' },
  ]
}

/** One file of that name for our modules which come along with some of `src`, not later. */
function fileOf(name: string, first: string[]): Rolldown.CodeSplittingGroup['name'] {
  let reached: Set<string> | undefined
  return (id, graph) => {
    reached ??= first.reduce(
      (before, path) => reach(join(here, 'src', path), graph, before),
      new Set<string>(),
    )
    return reached.has(id) ? name : null
  }
}

function reach(id: string, graph: Rolldown.ChunkingContext, reached: Set<string>): Set<string> {
  if (reached.has(id) || id.includes('node_modules')) return reached
  reached.add(id)
  for (const other of graph.getModuleInfo(id)?.importedIds ?? []) reach(other, graph, reached)
  return reached
}

/**
 * Builds the service worker once the app is built, since it holds the list of what to keep: the
 * first page, the pages above, all texts, Latin fonts. Screens for a desk are left to the network.
 */
function worker(): Plugin {
  return {
    name: 'worker',
    apply: 'build',
    async writeBundle(_, bundle) {
      await build({
        configFile: false,
        root: join(here, 'worker'),
        logLevel: 'warn',
        define: {
          toKeep: JSON.stringify([...builtFiles(bundle), ...publicFiles()]),
          'process.env.NODE_ENV': '"production"',
        },
        build: {
          outDir,
          emptyOutDir: false,
          rolldownOptions: {
            input: join(here, 'worker', 'worker.ts'),
            output: { entryFileNames: 'worker.js', format: 'iife' },
          },
        },
      })
    },
  }
}

/** Hashed files never change under their name; the page has to say which version it is. */
function builtFiles(bundle: Rolldown.OutputBundle) {
  const kept = new Set<string>()
  const keep = (name: string, withLater: boolean) => {
    const file = bundle[name]
    if (!file || kept.has(name)) return
    kept.add(name)
    if (file.type !== 'chunk') return
    const { importedCss, importedAssets } = file.viteMetadata!
    for (const other of [...importedCss, ...importedAssets]) if (isReadHere(other)) kept.add(other)
    // What these pages need later is asked for by the file they share.
    for (const other of file.imports) keep(other, withLater && bundle[other]?.name === 'kept')
    if (withLater) for (const other of file.dynamicImports) keep(other, true)
  }
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk') continue
    const source = file.facadeModuleId ?? ''
    if (pagesKept.some((page) => source.endsWith(`/${page}`))) keep(file.fileName, true)
    else if (file.isEntry || file.name.startsWith('words-')) keep(file.fileName, false)
  }
  const page = bundle['index.html'] as Rolldown.OutputAsset
  return [
    { url: '/index.html', revision: digest(page.source) },
    ...[...kept].map((name) => ({ url: `/${name}`, revision: null })),
  ]
}

/** French, English and Dutch are written with Latin letters. */
const isReadHere = (name: string) => !name.endsWith('.woff2') || name.includes('-latin-')

/** What is copied as it is: drawing, manifest, rescue. Icons are for the system, which asks once. */
function publicFiles() {
  const folder = join(here, 'public')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ url: `/${name}`, revision: digest(readFileSync(join(folder, name))) }))
}

const digest = (content: string | Uint8Array) =>
  createHash('sha256').update(content).digest('hex').slice(0, 16)
