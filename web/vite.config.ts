import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type Rolldown } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const outDir = join(here, 'dist')

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
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})

/** Pages that open with no network; what they import, at once or when needed, is kept with them. */
const pagesKept = ['ObservePage.tsx', 'MyObservationsPage.tsx', 'SheetPage.tsx']

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
    for (const other of file.imports) keep(other, false)
    if (withLater) for (const other of file.dynamicImports) keep(other, true)
  }
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk') continue
    const source = file.facadeModuleId ?? ''
    if (pagesKept.some((page) => source.endsWith(`/${page}`))) keep(file.fileName, true)
    else if (file.isEntry || source.endsWith('.json')) keep(file.fileName, false)
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
