import { pino } from 'pino'
import { demoLinks, playDemo } from './demo/demo.ts'
import { type Installation, startInstallation } from './installation.ts'
import { systemClock } from './platform/clock.ts'
import { readConfig } from './platform/config.ts'
import { ensureWeb, webFolder } from './web-build.ts'

const read = readConfig(process.env)
if ('problems' in read) {
  process.stderr.write(`10 de cœur cannot start:\n  ${read.problems.join('\n  ')}\n`)
  process.exit(1)
}
const { config } = read
// The demo's terminal shows the address and the links; warnings still come through.
const logger = pino({ level: config.demo ? 'warn' : 'info' })

let stopping = false
try {
  // While developing, Vite serves the pages.
  const apiOnly = process.argv.includes('--api-only')
  if (!apiOnly) await ensureWeb((line) => process.stdout.write(`${line}\n`))
  const starting = startInstallation(config, systemClock, logger, apiOnly ? undefined : webFolder)
  // Heard from the first moment on: what is half open, or fills the demo, is closed in order too.
  const stop = async () => {
    if (stopping) return
    stopping = true
    await starting.then(
      (installation) => installation.stop(),
      () => {},
    )
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  const installation = await starting
  if (config.demo && !stopping) {
    await playDemo(installation.services, (line) => process.stdout.write(`${line}\n`))
    await tellLinks(installation)
  } else if (!stopping) {
    logger.info(`10 de cœur listens at ${config.publicUrl}`)
  }
} catch (error) {
  // Interrupted while the demo was filling: stop() says when all is closed.
  if (!stopping) {
    process.stderr.write(
      `10 de cœur cannot start: ${error instanceof Error ? error.message : error}\n`,
    )
    process.exit(1)
  }
}

/** What one needs to look around: the address, somebody of each kind, the mailbox. */
async function tellLinks({ services, catcher }: Installation): Promise<void> {
  const lines = [...(await demoLinks(services))].map(
    ([part, link]) => `  ${part.padEnd(14)} ${link}`,
  )
  const mailbox = catcher ? [`  ${'mailbox'.padEnd(14)} ${config.publicUrl}/mailbox`] : []
  const all = ['', `  10 de cœur  →  ${config.publicUrl}`, '', ...lines, ...mailbox, '', '']
  process.stdout.write(all.join('\n'))
}
