import { describe, expect, it } from 'vitest'
import type { InstanceInput } from '#server/features/matching/core/input.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { planOf } from '#server/features/matching/core/solution.ts'
import { built, solved } from './core.instances.ts'

const sound: InstanceInput = {
  participants: [
    { id: 'p1', wishes: [{ slot: 's1', rank: 1 }] },
    { id: 'p2', wishes: [{ slot: 's2', rank: 1 }] },
  ],
  slots: [
    { id: 's1', capacity: 1, group: 'g' },
    { id: 's2', capacity: 1, group: 'g' },
  ],
  groups: [{ id: 'g', capacity: 1 }],
  seed: '',
}

const refusalOf = (change: Partial<InstanceInput>) => {
  const result = buildInstance({ ...sound, ...change })
  return result.ok ? undefined : result.refusal
}
const wishing = (slot: string, rank: number) => [
  { id: 'p1', wishes: [] },
  {
    id: 'p2',
    wishes: [
      { slot: 's1', rank: 2 },
      { slot, rank },
    ],
  },
]
const pin = (participant: string, slot: string) => ({ participant, slot })

describe('an inconsistent input is refused with its place', () => {
  it.each<[string, Partial<InstanceInput>, object]>([
    [
      'a participant twice',
      { participants: [...sound.participants, { id: 'p1', wishes: [] }] },
      { code: 'participant_repeated', place: 'participants[2]', participant: 'p1' },
    ],
    [
      'a slot twice',
      { slots: [...sound.slots, { id: 's2', capacity: 1 }] },
      { code: 'slot_repeated', place: 'slots[2]', slot: 's2' },
    ],
    [
      'a group twice',
      { groups: [...sound.groups!, { id: 'g', capacity: 1 }] },
      { code: 'group_repeated', place: 'groups[1]', group: 'g' },
    ],
    [
      'an unknown slot wished',
      { participants: wishing('nowhere', 1) },
      {
        code: 'slot_unknown',
        place: 'participants[1].wishes[1]',
        participant: 'p2',
        slot: 'nowhere',
      },
    ],
    [
      'an unknown group',
      { groups: [] },
      { code: 'group_unknown', place: 'slots[0]', slot: 's1', group: 'g' },
    ],
    [
      'a negative capacity',
      { slots: [{ id: 's1', capacity: -1 }] },
      { code: 'capacity_invalid', place: 'slots[0]', slot: 's1' },
    ],
    [
      'half a seat in a group',
      { groups: [{ id: 'g', capacity: 1.5 }] },
      { code: 'capacity_invalid', place: 'groups[0]', group: 'g' },
    ],
    ...[0, -1, 1.5, 1001, Number.NaN].map((rank): [string, Partial<InstanceInput>, object] => [
      `the rank ${rank}`,
      { participants: wishing('s2', rank) },
      { code: 'rank_invalid', place: 'participants[1].wishes[1]', participant: 'p2', slot: 's2' },
    ]),
    [
      'a pin of nobody',
      { pins: [pin('p9', 's1')] },
      { code: 'participant_unknown', place: 'pins[0]', participant: 'p9' },
    ],
    [
      'a forbid of nothing',
      { forbids: [pin('p1', 's9')] },
      { code: 'slot_unknown', place: 'forbids[0]', participant: 'p1', slot: 's9' },
    ],
    [
      'two pins for one person',
      { pins: [pin('p1', 's1'), pin('p1', 's2')] },
      { code: 'pins_conflict', place: 'pins[1]', participant: 'p1', slot: 's2' },
    ],
    [
      'a pin that is forbidden',
      { pins: [pin('p1', 's1')], forbids: [pin('p1', 's1')] },
      { code: 'pin_forbidden', place: 'pins[0]', participant: 'p1', slot: 's1' },
    ],
    [
      'more pins than a slot holds',
      { pins: [pin('p1', 's1'), pin('p2', 's1')], groups: [{ id: 'g', capacity: 2 }] },
      {
        code: 'pins_exceed_slot',
        place: 'pins[1]',
        slot: 's1',
        participants: ['p1', 'p2'],
      },
    ],
    [
      'more pins than a group holds',
      { pins: [pin('p1', 's1'), pin('p2', 's2')] },
      {
        code: 'pins_exceed_group',
        place: 'pins[1]',
        slot: 's2',
        group: 'g',
        participants: ['p1', 'p2'],
      },
    ],
  ])('%s', (_, change, refusal) => {
    expect(refusalOf(change)).toEqual(refusal)
  })
})

it('takes the lower rank of a slot wished twice', () => {
  const instance = built({ ...sound, participants: wishing('s1', 3) })
  expect([...instance.arcCost]).toEqual([4])
})

it('accepts the same pin or forbid twice', () => {
  expect(refusalOf({ pins: [pin('p1', 's1'), pin('p1', 's1')] })).toBeUndefined()
  expect(refusalOf({ forbids: [pin('p1', 's1'), pin('p1', 's1')] })).toBeUndefined()
})

it('accepts any identifier and capacities beyond 32 bits', () => {
  const ids = ['__proto__', 'constructor', '', '\u0000', '💛']
  const { instance, solution } = solved({
    participants: ids.map((id) => ({ id, wishes: [{ slot: '__proto__', rank: 1 }] })),
    slots: [{ id: '__proto__', capacity: 2 ** 40, group: 'toString' }],
    groups: [{ id: 'toString', capacity: 1e20 }],
    seed: '__proto__',
  })
  expect(planOf(instance, solution).assignments.map(({ participant }) => participant)).toEqual(
    [...ids].sort(),
  )
})
