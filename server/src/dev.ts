import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

// `npm run dev`: the server restarts and the page updates as files are saved. Mail links lead to
// Vite's address, which hands /api on to the server.
const apiPort = Number(process.env.PORT ?? 3000)
const web = await createServer({
  root: fileURLToPath(new URL('../../web/', import.meta.url)),
  server: { port: 5173, proxy: { '/api': `http://127.0.0.1:${apiPort}` } },
})
await web.listen()
const address = web.resolvedUrls?.local[0] ?? 'http://localhost:5173/'

const server = spawn(
  process.execPath,
  [
    '--watch',
    '--watch-preserve-output',
    fileURLToPath(new URL('server.ts', import.meta.url)),
    '--api-only',
  ],
  { stdio: 'inherit', env: { ...process.env, PUBLIC_URL: address.replace(/\/$/, '') } },
)
server.once('exit', (code) => {
  void web.close().then(() => process.exit(code ?? 0))
})
// The terminal sends Ctrl-C to both; this process waits for the server to let go of its database.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
