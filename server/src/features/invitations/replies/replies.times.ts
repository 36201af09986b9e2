import { DateTime } from 'luxon'

/** A moment somebody proposes; as they wrote it where their time zone is not known. */
export type ProposedTime = { at: Date } | { local: string; zone: string | null }

/** What Windows calls the zones people here live in (Unicode CLDR windowsZones). */
const windowsZones: Record<string, string> = {
  'romance standard time': 'Europe/Paris',
  'w. europe standard time': 'Europe/Berlin',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'gmt standard time': 'Europe/London',
  'greenwich standard time': 'Atlantic/Reykjavik',
  'fle standard time': 'Europe/Kiev',
  'gtb standard time': 'Europe/Bucharest',
  'e. europe standard time': 'Europe/Chisinau',
  'morocco standard time': 'Africa/Casablanca',
  utc: 'UTC',
}

const timePattern = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z?))?$/i

/** DTSTAMP: a moment in UTC (RFC 5545 3.8.7.2); null when it is not one, as some programs write. */
export function stampOf(value: string): Date | null {
  const match = timePattern.exec(value.trim())
  if (!match?.[7]) return null
  const time = DateTime.fromISO(isoOf(match), { zone: 'UTC' })
  return time.isValid ? time.toJSDate() : null
}

/** DTSTART or DTEND with its TZID, whose name may be IANA's, Windows' or with a prefix. */
export function timeOf(value: string, tzid: string | undefined): ProposedTime | null {
  const match = timePattern.exec(value.trim())
  if (!match) return null
  const zone = match[7] ? 'UTC' : zoneOf(tzid)
  const local = DateTime.fromISO(isoOf(match), { zone: zone ?? 'UTC' })
  if (!local.isValid) return null
  if (zone && match[4]) return { at: local.toJSDate() }
  return { local: isoOf(match).slice(0, match[4] ? 16 : 10), zone: tzid?.slice(0, 100) ?? null }
}

function isoOf([, year, month, day, hour, minute, second]: RegExpExecArray): string {
  const date = `${year}-${month}-${day}`
  return hour ? `${date}T${hour}:${minute}:${second ?? '00'}` : date
}

function zoneOf(tzid: string | undefined): string | undefined {
  const name = (tzid ?? '').replace(/^"|"$/g, '').trim()
  // Such as /freeassociation.sourceforge.net/Europe/Paris
  const plain = /(?:^|\/)([A-Z][A-Za-z_]+\/[A-Z][A-Za-z_/-]+)$/.exec(name)?.[1] ?? name
  const zone = windowsZones[plain.toLowerCase()] ?? plain
  return zone !== '' && DateTime.local({ zone }).isValid ? zone : undefined
}
