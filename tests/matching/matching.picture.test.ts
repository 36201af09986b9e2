import { describe, expect, it } from 'vitest'
import { pictureOf } from '#server/features/matching/matching.picture.ts'

const slot = (id: string, siteId: string, capacity = 2, roleId = 'seller') => ({
  id,
  siteId,
  roleId,
  periodId: 'morning',
  capacity,
})
const people = (count: number, department: string, slotId: string | null, rank = 1) =>
  Array.from({ length: count }, () => ({
    department,
    slotId,
    rank: slotId ? rank : null,
    reason: slotId ? ('first-wish' as const) : ('slots-full' as const),
  }))
const names = new Map([
  ['dax', 'Dax'],
  ['pau', 'Pau'],
])

describe('a plan as a picture', () => {
  it('puts small departments together, and counts everybody once', () => {
    const guests = [
      ...people(60, 'Relation client', 'a'),
      ...people(38, 'Finance', null),
      ...people(1, 'Juridique', 'a', 2),
      ...people(1, 'Direction', null),
    ]
    const picture = pictureOf(guests, [slot('a', 'dax', 61)], [], names)
    expect(picture.departments).toEqual([
      { name: 'Relation client', people: 60, placed: 60, first: 60 },
      { name: 'Finance', people: 38, placed: 0, first: 0 },
      { name: null, people: 2, placed: 1, first: 0 },
    ])
    expect(picture.flows.reduce((sum, flow) => sum + flow.people, 0)).toBe(100)
    expect(picture.unplaced).toEqual([{ reason: 'slots-full', people: 39 }])
  })

  it('leaves a single small department its name', () => {
    const guests = [...people(99, 'Finance', 'a'), ...people(1, 'Juridique', 'a')]
    const picture = pictureOf(guests, [slot('a', 'dax', 100)], [], names)
    expect(picture.departments.map(({ name }) => name)).toEqual(['Finance', 'Juridique'])
  })

  it('counts seats within what a site can receive, hosts without guests first', () => {
    const caps = [{ siteId: 'dax', periodId: 'morning', capacity: 3 }]
    const slots = [slot('a', 'dax'), slot('b', 'dax'), slot('c', 'pau', 1)]
    const { sites } = pictureOf(people(1, 'Finance', 'c'), slots, caps, names)
    expect(sites).toEqual([
      { siteId: 'dax', name: 'Dax', seats: 3, taken: 0, hosts: 2, idle: 2 },
      { siteId: 'pau', name: 'Pau', seats: 1, taken: 1, hosts: 1, idle: 0 },
    ])
  })
})
