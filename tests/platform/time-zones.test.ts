import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { instantOf } from '#server/features/days/days.rules.ts'
import { momentsOfParis, said } from './time-zones.program.ts'

const servers: readonly [zone: string, winter: number, summer: number][] = [
  ['UTC', 0, 0],
  ['Europe/Paris', -60, -120],
  ['America/New_York', 300, 240],
]

describe.each(servers)('a server that lives in %s', (zone, winter, summer) => {
  it.each(['2027-01-15T12:00Z', '2027-07-15T12:00Z'])('says the same hours at %s', (now) => {
    const run = spawnSync(process.execPath, ['tests/platform/time-zones.program.ts', now], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
      maxBuffer: 10_000_000,
    })
    expect(run.stderr).toBe('')
    const child = JSON.parse(run.stdout)
    // The child really lived there.
    expect(child.offsets).toEqual([winter, summer])
    expect(child.said).toEqual(said())
  })
})

describe('a local time', () => {
  it.each(momentsOfParis)('%s %s is %s', (date, time, instant) => {
    expect(instantOf(date, time, 'Europe/Paris').toISOString()).toBe(instant)
  })

  it('is told again in the words it was given in, but where March leaves it out', () => {
    const { words, calendars } = said()
    const french = words.filter((_, index) => index % 2 === 0)
    expect(french.slice(1, 3).map((line) => line.split(' / ')[1])).toEqual([
      '3\u00A0h',
      '3\u00A0h\u00A030',
    ])
    expect(french[0]).toBe(
      'dimanche 28 mars 2027 / 1\u00A0h\u00A059 / de 1\u00A0h\u00A059 à 5\u00A0h\u00A059',
    )
    expect(french[6]).toBe(
      'dimanche 31 octobre 2027 / 1\u00A0h\u00A059 / de 1\u00A0h\u00A059 à 3\u00A0h\u00A059',
    )
    // Three hours of a meeting stay three hours, whatever the wall clock does meanwhile.
    expect(calendars[0]).toBe('DTSTART:20270328T005900Z\r\nDTEND:20270328T035900Z')
    expect(calendars[6]).toBe('DTSTART:20271030T235900Z\r\nDTEND:20271031T025900Z')
  })
})
