import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from 'mailparser'

export type CaughtParty = { name: string; address: string }

export type CaughtSummary = {
  id: string
  subject: string
  from: CaughtParty | null
  /** the To header */
  to: CaughtParty[]
  /** the SMTP recipients, whatever the headers say */
  deliveredTo: string[]
  /** the Date header */
  sentAt: Date | null
  /** METHOD of the calendar part as its Content-Type says it, upper case */
  calendarMethod: string | null
}

export type CaughtMail = CaughtSummary & {
  messageId: string | null
  /** every header, one string per line, as received */
  headers: { name: string; line: string }[]
  text: string
  html: string | null
  /** each part that is a calendar, decoded: in our invitations twice the same */
  calendars: {
    contentType: string
    method: string | null
    fileName: string | null
    content: string
  }[]
  attachments: { contentType: string; fileName: string | null; size: number }[]
}

/** From the headers alone, so that a long list stays cheap. */
export async function summarise(id: string, raw: Buffer): Promise<CaughtSummary> {
  const end = raw.indexOf('\r\n\r\n')
  const head = await simpleParser(end < 0 ? raw : raw.subarray(0, end + 4))
  const method = /^content-type:\s*text\/calendar;[^\r\n]*(?:\r\n[ \t][^\r\n]*)*?method="?(\w+)/im
  return {
    ...headOf(id, head),
    calendarMethod: method.exec(raw.toString('latin1'))?.[1]?.toUpperCase() ?? null,
  }
}

/** The whole mail, decoded. */
export async function readCaught(id: string, raw: Buffer): Promise<CaughtMail> {
  const parsed = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true })
  const calendars = parsed.attachments.filter(isCalendar).map((part) => ({
    contentType: part.contentType,
    method: parameter(part, 'method')?.toUpperCase() ?? null,
    fileName: part.filename ?? null,
    content: part.content.toString('utf8'),
  }))
  return {
    ...headOf(id, parsed),
    calendarMethod: calendars.find((calendar) => calendar.method)?.method ?? null,
    messageId: parsed.messageId ?? null,
    headers: parsed.headerLines.map(({ key, line }) => ({ name: key, line })),
    text: parsed.text ?? '',
    html: parsed.html || null,
    calendars,
    attachments: parsed.attachments
      .filter((part) => part.contentDisposition === 'attachment')
      .map((part) => ({
        contentType: part.contentType,
        fileName: part.filename ?? null,
        size: part.size,
      })),
  }
}

function headOf(id: string, mail: ParsedMail): Omit<CaughtSummary, 'calendarMethod'> {
  return {
    id,
    subject: mail.subject ?? '',
    from: parties(mail.from)[0] ?? null,
    to: parties(mail.to),
    deliveredTo: mail.headerLines
      .filter(({ key }) => key === 'delivered-to')
      .map(({ line }) => line.slice(line.indexOf(':') + 1).trim()),
    sentAt: mail.date ?? null,
  }
}

function parties(header: AddressObject | AddressObject[] | undefined): CaughtParty[] {
  return [header ?? []]
    .flat()
    .flatMap((object) => object.value)
    .map(({ name, address }) => ({ name, address: address ?? '' }))
}

function isCalendar(part: Attachment): boolean {
  return /^(text\/calendar|application\/ics)$/i.test(part.contentType)
}

function parameter(part: Attachment, name: string): string | null {
  const header = part.headers.get('content-type')
  if (typeof header !== 'object' || !('params' in header)) return null
  return header.params[name] ?? null
}
