// « How soon can one write, in a van with no network? »  npm run bench:offline
// The Observe page of the app on a throttled phone whose server is gone: from the tap to the first
// question on the screen, the page loaded anew each time. Beside it, the same with the server there.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { chromium, type Page } from 'playwright-core'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { startInstallation } from '#server/installation.ts'
import { readConfig } from '#server/platform/config.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { ensureWeb, webFolder } from '#server/web-build.ts'
import { publishedDay } from '../observations/observations.factory.ts'
import { browserProgram } from '../support/program.ts'

/** A mid-range phone beside one core of a laptop, as Lighthouse has it. */
const slowdown = 4
const goes = 9
const goal = 1_000

const print = (line: string) => process.stdout.write(`${line}\n`)
await ensureWeb(print)
const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-bench-'))
const read = readConfig({ DEMO: 'true', PORT: '0', DATA_DIR: folder })
if ('problems' in read) throw new Error(read.problems.join())
let now = new Date(Date.now() - 60 * 86_400_000)
const clock = {
  now: () => now,
  set: (instant: string) => {
    now = new Date(instant)
  },
}
const installation = await startInstallation(
  read.config,
  // The factory moves a clock of ours; nothing else of a test’s is needed.
  clock,
  pino({ level: 'error' }),
  webFolder,
)
const { services } = installation
const { db, secret } = services
const runJobs = async () => {
  const working = db.selectFrom('plans').select('id').where('status', '=', 'computing')
  while ((await working.execute()).length > 0) await new Promise((done) => setTimeout(done, 100))
}
const today = new Date().toISOString().slice(0, 10)
const lived = await publishedDay({ db, clock: clock as never, services, runJobs }, today)
const session = await inTransaction(db, async (trx) => {
  const link = await accounts.issueSignInLink(trx, lived.guests[0]!.accountId!, secret, now)
  return accounts.signIn(trx, link.token, now)
})
if (isRefusal(session)) throw new Error(session.refused)
const address = installation.app.server.address()
const url = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`

const browser = await chromium.launch({
  executablePath: await browserProgram(),
  args: ['--no-sandbox', '--disable-gpu'],
})
const viewport = { width: 360, height: 640 }
const context = await browser.newContext({ viewport, locale: 'fr-FR', isMobile: true })
await context.addCookies([{ name: 'session', value: session.sessionToken, url }])
const page = await context.newPage()

/** Milliseconds from the beginning of the load until the first question can be answered. */
async function open(one: Page): Promise<number> {
  await one.goto(`${url}/journees/${lived.day.id}/observer`)
  await one.getByRole('radio').first().waitFor()
  return one.evaluate(() => {
    const [shown] = performance.getEntriesByName('observe-asked')
    return shown?.startTime ?? Number.NaN
  })
}
/** Noted in the page itself at the first frame that shows the question, not by who watches it. */
await context.addInitScript(() => {
  const look = () => {
    if (!document.querySelector('fieldset input[type=radio]')) return requestAnimationFrame(look)
    return requestAnimationFrame(() => performance.mark('observe-asked'))
  }
  requestAnimationFrame(look)
})

async function measure(name: string): Promise<number> {
  const times: number[] = []
  for (let go = 0; go < goes; go += 1) times.push(await open(page))
  times.sort((a, b) => a - b)
  const median = times[Math.floor(goes / 2)]!
  const range = `${Math.round(times[0]!)} to ${Math.round(times.at(-1)!)}`
  print(`${name.padEnd(28)}${String(Math.round(median)).padStart(6)} ms   (${range})`)
  return median
}

await open(page)
await page.evaluate(async () => {
  await navigator.serviceWorker.ready
})
await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
const phone = await context.newCDPSession(page)
await phone.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
print(`Observe page, CPU ${slowdown} times slower, median of ${goes}`)
const online = await measure('with the server')
await installation.stop()
const offline = await measure('with the server stopped')
print(
  `offline is ${(offline / online).toFixed(2)} of online; goal ${goal} ms: ${offline < goal ? 'met' : 'MISSED'}`,
)
await browser.close()
await rm(folder, { recursive: true, force: true })
