import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { TestApp } from './app.ts'
import { freePort, startProcess, untilHealthy } from './process.ts'
import { browserProgram } from './program.ts'

/** A real server process that can be killed and started again at the same address, and a browser. */
export interface KillableStage {
  url: string
  browser: Browser
  /** Starts the process with its pages; it is killed at the latest when the test ends. */
  serve(): Promise<{ kill(): Promise<void> }>
  /** A browser of somebody’s own, signed in; closed when the test ends. */
  signedIn(accountId: string, viewport: { width: number; height: number }): Promise<BrowserContext>
  close(): Promise<void>
}

/** On the database of a test whose clock is the machine’s own: browser and process read that one. */
export async function openKillableStage(test: TestApp): Promise<KillableStage> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const browser = await chromium.launch({
    executablePath: await browserProgram(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  return {
    url,
    browser,
    async serve() {
      const process = startProcess(
        {
          PORT: String(port),
          DATABASE_URL: test.url,
          PUBLIC_URL: url,
          SESSION_SECRET: test.services.secret,
          SMTP_URL: test.mailbox.smtpUrl,
        },
        { pages: true },
      )
      await untilHealthy(process, port)
      return {
        kill: async () => {
          process.child.kill('SIGKILL')
          await process.ended
        },
      }
    },
    async signedIn(accountId, viewport) {
      const context = await browser.newContext({
        viewport,
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
      })
      onTestFinished(() => context.close())
      const now = new Date()
      const session = await inTransaction(test.db, async (trx) => {
        const link = await accounts.issueSignInLink(trx, accountId, test.services.secret, now)
        return accounts.signIn(trx, link.token, now)
      })
      if (isRefusal(session)) throw new Error(session.refused)
      await context.addCookies([{ name: 'session', value: session.sessionToken, url }])
      return context
    },
    close: () => browser.close(),
  }
}
