import { pino } from 'pino'
import { startInstallation } from './installation.ts'
import { systemClock } from './platform/clock.ts'
import { readConfig } from './platform/config.ts'
import { buildWeb, webFolder } from './web-build.ts'

const read = readConfig(process.env)
if ('problems' in read) {
  process.stderr.write(`10 de cœur cannot start:\n  ${read.problems.join('\n  ')}\n`)
  process.exit(1)
}
const { config } = read
// The demo's terminal shows the address and the links; warnings still come through.
const logger = pino({ level: config.demo ? 'warn' : 'info' })

try {
  // While developing, Vite serves the pages.
  const apiOnly = process.argv.includes('--api-only')
  if (!apiOnly) await buildWeb((line) => process.stdout.write(`${line}\n`))
  const installation = await startInstallation(
    config,
    systemClock,
    logger,
    apiOnly ? undefined : webFolder,
  )
  process.stdout.write(`\n  10 de cœur  →  ${config.publicUrl}\n\n`)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await installation.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
} catch (error) {
  process.stderr.write(
    `10 de cœur cannot start: ${error instanceof Error ? error.message : error}\n`,
  )
  process.exit(1)
}
