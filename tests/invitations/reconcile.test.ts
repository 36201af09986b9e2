import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterTakingBack,
  contentHash,
  type DesiredEvent,
  knownFacts,
  nextSequence,
  nextStamp,
  reconcile,
  type StoredEvent,
  scheduleHash,
} from '#server/features/invitations/invitations.rules.ts'

const desired = (changes: Partial<DesiredEvent> = {}): DesiredEvent => ({
  subject: { kind: 'slot', id: 'one' },
  attendee: { name: 'Marion Hôte', address: 'marion@region.example' },
  startsAt: new Date('2027-05-20T06:45:00Z'),
  endsAt: new Date('2027-05-20T10:15:00Z'),
  place: 'Boutique Dax, 12 rue des Halles, 40100 Dax',
  topic: 'seller',
  company: ['Léa'],
  linkGeneration: 1,
  ...changes,
})

const stored = (event: DesiredEvent, changes: Partial<StoredEvent> = {}): StoredEvent => ({
  id: `event of ${event.subject.kind} ${event.subject.id}`,
  subject: event.subject,
  uid: 'uid@region.example',
  sequence: 0,
  attendee: event.attendee,
  scheduleHash: scheduleHash(event),
  contentHash: contentHash(event),
  known: knownFacts(event),
  told: true,
  held: null,
  stampedAt: new Date('2027-04-01T08:00:00Z'),
  ...changes,
})

describe('what is owed to calendars', () => {
  it('is an invitation for what is new, with SEQUENCE 0', () => {
    const [step] = reconcile([desired()], [], false)
    expect(step?.kind).toBe('invite')
    expect(nextSequence(step as never)).toBe(0)
  })

  it('is nothing for what stands as it should', () => {
    expect(reconcile([desired()], [stored(desired())], false)).toEqual([])
    expect(reconcile([desired()], [stored(desired())], true)).toEqual([])
  })

  it('is an update that asks again for another hour or place, SEQUENCE + 1', () => {
    for (const change of [
      { startsAt: new Date('2027-05-20T07:00:00Z') },
      { endsAt: new Date('2027-05-20T10:00:00Z') },
      { place: 'Boutique Mont-de-Marsan' },
    ]) {
      const [step] = reconcile([desired(change)], [stored(desired(), { sequence: 3 })], false)
      expect(step).toMatchObject({ kind: 'update', asksAgain: true })
      expect(nextSequence(step as never)).toBe(4)
    }
  })

  it('is an update that does not ask again for other guests, at the same SEQUENCE', () => {
    const [step] = reconcile([desired({ company: ['Karim', 'Léa'] })], [stored(desired())], false)
    expect(step).toMatchObject({ kind: 'update', asksAgain: false })
    expect(nextSequence(step as never)).toBe(0)
  })

  it('is a cancellation for what goes, SEQUENCE + 1', () => {
    const [step] = reconcile([], [stored(desired(), { sequence: 2 })], false)
    expect(step?.kind).toBe('cancel')
    expect(nextSequence(step as never)).toBe(3)
  })

  it('is a cancellation and a new event for another mailbox', () => {
    const attendee = { name: 'Marion Hôte', address: 'marion.h@region.example' }
    const steps = reconcile([desired({ attendee })], [stored(desired())], false)
    expect(steps.map(({ kind }) => kind)).toEqual(['cancel', 'invite'])
  })

  it('holds back what a director took back, until a director sends', () => {
    const untold = stored(desired(), { held: 'REQUEST', told: false })
    expect(reconcile([desired()], [untold], false)).toEqual([])
    const [resumed] = reconcile([desired()], [untold], true)
    expect(resumed?.kind).toBe('resume')
    expect(nextSequence(resumed as never)).toBe(0)
    const update = stored(desired(), { held: 'REQUEST', sequence: 1 })
    expect(reconcile([desired()], [update], false)).toEqual([])
    expect(reconcile([desired()], [update], true)[0]?.kind).toBe('update')
    const cancel = stored(desired(), { held: 'CANCEL', sequence: 1 })
    expect(reconcile([], [cancel], false)).toEqual([])
    expect(reconcile([], [cancel], true)[0]?.kind).toBe('cancel')
  })

  it('forgets without a word what nobody was ever told', () => {
    const untold = stored(desired(), { held: 'REQUEST', told: false })
    expect(reconcile([], [untold], false).map(({ kind }) => kind)).toEqual(['forget'])
  })

  it('is nothing any more once done, whatever the days before', () => {
    const event = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c'),
        kind: fc.constantFrom('slot' as const, 'placement' as const),
        hour: fc.integer({ min: 6, max: 9 }),
        company: fc.subarray(['Léa', 'Karim']),
        address: fc.constantFrom('x@region.example', 'y@region.example'),
      })
      .map(({ id, kind, hour, company, address }) =>
        desired({
          subject: { kind, id },
          startsAt: new Date(Date.UTC(2027, 4, 20, hour)),
          company,
          attendee: { name: 'Marion', address },
        }),
      )
    const events = fc.uniqueArray(event, {
      selector: ({ subject }) => `${subject.kind} ${subject.id}`,
    })
    fc.assert(
      fc.property(events, events, (before, after) => {
        const standing = before.map((one) => stored(one))
        const done = new Map(standing.map((one) => [one.id, one]))
        for (const step of reconcile(after, standing, false)) {
          if (step.kind === 'cancel' || step.kind === 'forget') done.delete(step.stored.id)
          else if (step.kind === 'invite') {
            done.set(`new ${step.desired.subject.kind} ${step.desired.subject.id}`, {
              ...stored(step.desired),
              id: 'new',
            })
          } else done.set(step.stored.id, stored(step.desired, { id: step.stored.id }))
        }
        expect(done.size).toBe(after.length)
        expect(reconcile(after, [...done.values()], false)).toEqual([])
      }),
    )
  })
})

describe('DTSTAMP', () => {
  it('rises by whole seconds with every mail, even within one', () => {
    const now = new Date('2027-04-01T08:00:00.400Z')
    const first = nextStamp(undefined, now)
    expect(first).toEqual(new Date('2027-04-01T08:00:00Z'))
    expect(nextStamp({ stampedAt: first }, now)).toEqual(new Date('2027-04-01T08:00:01Z'))
  })
})

describe('taking back', () => {
  const mail = (method: 'REQUEST' | 'CANCEL', state: 'left' | 'waiting' | 'stopped') => ({
    id: `${method} ${state}`,
    method,
    state,
  })

  it('leaves an invitation nobody read as never told', () => {
    const after = afterTakingBack([mail('REQUEST', 'stopped')])
    expect(after).toEqual({ told: false, status: 'confirmed', held: 'REQUEST', stopToo: [] })
  })

  it('keeps in the calendar what a stopped cancellation would have taken out', () => {
    const after = afterTakingBack([mail('REQUEST', 'left'), mail('CANCEL', 'stopped')])
    expect(after).toEqual({ told: true, status: 'confirmed', held: 'CANCEL', stopToo: [] })
  })

  it('lets an update written since go out, since it says everything', () => {
    const after = afterTakingBack([mail('REQUEST', 'stopped'), mail('REQUEST', 'waiting')])
    expect(after).toEqual({ told: true, status: 'confirmed', held: null, stopToo: [] })
  })

  it('stops a cancellation of what nobody was told of', () => {
    const after = afterTakingBack([mail('REQUEST', 'stopped'), mail('CANCEL', 'waiting')])
    expect(after).toMatchObject({ told: false, status: 'cancelled', stopToo: ['CANCEL waiting'] })
  })
})
