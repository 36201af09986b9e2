import type { FastifyInstance } from 'fastify'
import { implement } from '#server/platform/http/routing.ts'
import { unfoldCalendar } from '#server/platform/mail/calendar.lines.ts'
import type { Catcher, CaughtMail } from '#server/platform/mail/catcher.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { type DemoMail, mailboxRoutes } from '#shared/mailbox/mailbox.contract.ts'

/** What the page lists at once; the search reaches the rest. */
const rowsShown = 200

/** The demo's mailbox page. Whoever wires the app registers it in the demo only. */
export function mailboxFeature(app: FastifyInstance, services: Services, catcher: Catcher): void {
  implement(app, services, mailboxRoutes.demoMails, async ({ query }) => {
    const wanted = (query.to ?? '').trim().toLowerCase()
    const all = await catcher.listMails()
    const found = all.filter(({ to }) =>
      to.some(({ name, address }) => `${name} ${address}`.toLowerCase().includes(wanted)),
    )
    return { mails: found.slice(0, rowsShown), total: found.length }
  })

  implement(app, services, mailboxRoutes.demoMail, async ({ params }) => {
    const mail = await catcher.readMail(params.mailId)
    return mail ? { ...mail, calendar: calendarOf(mail) } : refuse('not-found')
  })
}

/** The few lines of our own calendars that a person wants to see; times are always in UTC. */
function calendarOf(mail: CaughtMail): DemoMail['calendar'] {
  const part = mail.calendars[0]
  if (!part) return null
  const lines = unfoldCalendar(part.content)
  const rawOf = (name: string) => {
    const line = lines.find((one) => one.startsWith(`${name}:`) || one.startsWith(`${name};`))
    return line?.slice(line.indexOf(':') + 1) ?? ''
  }
  const textOf = (name: string) =>
    rawOf(name).replace(/\\([nN,;\\])/g, (_, escaped: string) =>
      escaped.toLowerCase() === 'n' ? '\n' : escaped,
    )
  const instantOf = (name: string) => {
    const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(rawOf(name))?.slice(1)
    if (!parts) return null
    const [year, month, day, hour, minute, second] = parts
    return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  }
  return {
    method: part.method,
    uid: rawOf('UID'),
    sequence: Number(rawOf('SEQUENCE')) || 0,
    status: rawOf('STATUS'),
    startsAt: instantOf('DTSTART'),
    endsAt: instantOf('DTEND'),
    summary: textOf('SUMMARY'),
    location: textOf('LOCATION'),
    raw: part.content,
  }
}
