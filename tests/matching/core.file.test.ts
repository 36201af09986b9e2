import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInstanceFile } from '#server/features/matching/core/file/instance-file.ts'
import type { InstanceInput } from '#server/features/matching/core/input.ts'
import { buildFromColumns, buildInstance } from '#server/features/matching/core/instance.ts'
import { type Problem, smallProblem } from './core.instances.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (text: string | Uint8Array, seed = '') =>
  readInstanceFile(typeof text === 'string' ? bytesOf(text) : text, seed)

/** Numbers that are as random as the property's and can be shrunk with it. */
type Draw = (below: number) => number

const space = (draw: Draw) => ['', '', '', ' ', '\n', '\t', '\r\n  '][draw(7)]!

/** A string with each character as it is, or escaped one way or another. */
function written(text: string, draw: Draw): string {
  const units = text.split('').map((unit) => {
    const code = unit.charCodeAt(0)
    const hex = `\\u${code.toString(16).padStart(4, '0')}`
    const half = code >= 0xd800 && code < 0xe000
    if (half || draw(5) === 0) return draw(2) === 0 ? hex : hex.toUpperCase().replace('\\U', '\\u')
    return JSON.stringify(unit).slice(1, -1)
  })
  return `"${units.join('')}"`
}

/** JSON with random white space, escapes and order of keys, and a key nobody asked for at times. */
function serialised(value: unknown, draw: Draw): string {
  const around = (text: string) => space(draw) + text + space(draw)
  if (typeof value === 'string') return around(written(value, draw))
  if (Array.isArray(value))
    return around(`[${value.map((item) => serialised(item, draw)).join(',') || space(draw)}]`)
  if (typeof value !== 'object' || value === null) {
    const plain = JSON.stringify(value)
    const other = draw(4) === 0 && typeof value === 'number' && value > 0
    return around(other ? `${value / 10}e+1` : plain)
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (draw(4) === 0) entries.push(['note', [{ id: null }, -0.5, true, {}, [[]], 'x']])
  const shuffled = entries
    .map((entry) => ({ entry, at: draw(1000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry: [key, item] }) => `${around(written(key, draw))}:${serialised(item, draw)}`)
  return around(`{${shuffled.join(',')}}`)
}

const draws = fc.infiniteStream(fc.nat(999)).map(
  (stream): Draw =>
    (below) =>
      stream.next().value! % below,
)

/** Names that begin alike, are empty, not ASCII, or half a character. */
const names = fc.constantFrom(
  ['', 'a', 'aa', 'é'],
  ['__proto__', 'constructor', '"', '\\'],
  ['\ud83d\ude00', '\ud83d', '\ude00', '\ude00\ud83d'],
  ['\u0000', '\n', '\u2028', '\ufeff'],
  ['s', 's1', 'e\u0301', '\uffff'],
)

const named = fc.tuple(smallProblem, names).map(([problem, some]): Problem => {
  const rename = (id: string) => {
    const number = Number(id.slice(1))
    return number < some.length ? some[number]! : id
  }
  const pair = ({ participant, slot }: Problem['pins'][number]) => ({
    participant: rename(participant),
    slot: rename(slot),
  })
  return {
    ...problem,
    participants: problem.participants.map(({ id, wishes }) => ({
      id: rename(id),
      wishes: wishes.map(({ slot, rank }) => ({ slot: rename(slot), rank })),
    })),
    slots: problem.slots.map(({ id, capacity, group }) => ({
      id: rename(id),
      capacity,
      group: group == null ? null : rename(group),
    })),
    groups: problem.groups.map(({ id, capacity }) => ({ id: rename(id), capacity })),
    pins: problem.pins.map(pair),
    forbids: problem.forbids.map(pair),
  }
})

describe('reading an instance file', () => {
  it('reads what JSON.parse and the plain input give, however it is written', () => {
    fc.assert(
      fc.property(named, draws, (problem, draw) => {
        const text = serialised(problem, draw)
        const file = read(text, problem.seed)
        if (!file.ok) throw new Error(file.problem)
        const expected = buildInstance({ ...JSON.parse(text), seed: problem.seed })
        expect(buildFromColumns(file.columns)).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with JSON.parse about damaged files, or names the place in one line', () => {
    let [sound, broken] = [0, 0]
    fc.assert(
      fc.property(
        named,
        draws,
        fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'add', 'drop', 'cut')), {
          minLength: 1,
          maxLength: 2,
        }),
        (problem, draw, harm) => {
          let bytes = [...bytesOf(serialised(problem, draw))]
          for (const [where, byte, kind] of harm) {
            const at = where % bytes.length
            if (kind === 'cut') bytes = bytes.slice(0, at + 1)
            else bytes.splice(at, kind === 'add' ? 0 : 1, ...(kind === 'drop' ? [] : [byte]))
          }
          const file = read(Uint8Array.from(bytes))
          const input = parsed(Uint8Array.from(bytes))
          const expected = input && buildInstance(input)
          if (file.ok) {
            sound++
            expect(buildFromColumns(file.columns)).toEqual(expected)
            return
          }
          broken++
          expect(file.problem).toMatch(
            /^(line \d+, column \d+|the file|[a-z]+(\[\d+\])?[.[\]\w]*): [^\n]+$/,
          )
          const pinsOnly = expected && !expected.ok && /^pin/.test(expected.refusal.code)
          const unlessTwice = file.problem.endsWith('is given twice')
          if (expected?.ok || pinsOnly) expect(unlessTwice, file.problem).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
    expect(Math.min(sound, broken)).toBeGreaterThan(50)
  })

  it.each([
    ['', 'line 1, column 1: expected a value, but the file ends'],
    ['[]', 'the file: must be an object'],
    ['{}', 'participants: is missing'],
    ['{"participants":[]}', 'slots: is missing'],
    ['{"participants":{},"slots":[]}', 'participants: must be a list'],
    ['{"participants":[],"slots":[],"slots":[]}', 'slots: is given twice'],
    ['{"participants":[],"slots":[]} x', 'line 1, column 32: expected nothing more'],
    ['{"participants":[],\n "slots":[,]}', 'line 2, column 11: expected a value'],
    ['{"é":\n[01]}', 'line 2, column 3: expected "," or "]"'],
    ['{"é": tru}', 'line 1, column 7: expected a value'],
    ['{"a\u0001":1}', 'line 1, column 4: a text cannot hold a control character'],
    ['{"\\x":1}', 'line 1, column 3: a text cannot hold this escape'],
    ['{"\\u12g4":1}', 'line 1, column 7: expected four hexadecimal digits'],
  ])('refuses %j', (text, problem) => {
    expect(read(text)).toEqual({ ok: false, problem })
  })

  it.each<[string, object]>([
    ['slots[1].id: "s1" is already slots[0]', { slots: [slot('s1'), slot('s1')] }],
    ['slots[0].capacity: must be a whole number, 0 or more', { slots: [slot('s1', -1)] }],
    ['slots[0].capacity: must be a whole number, 0 or more', { slots: [slot('s1', 1.5)] }],
    ['slots[0].capacity: must be a number', { slots: [slot('s1', '1')] }],
    ['slots[0].capacity: is missing', { slots: [{ id: 's1' }] }],
    ['slots[0].id: must be a text in double quotes', { slots: [slot(1)] }],
    ['slots[0].group: there is no group "g"', { slots: [{ ...slot('s1'), group: 'g' }] }],
    ['groups[1].id: "g" is already groups[0]', { groups: [slot('g'), slot('g')] }],
    ['groups[0]: must be an object', { groups: ['g'] }],
    ['participants[1].id: "p" is already participants[0]', { participants: [guest(), guest()] }],
    ['participants[0].wishes: is missing', { participants: [{ id: 'p' }] }],
    ['participants[0].wishes: must be a list', { participants: [{ id: 'p', wishes: null }] }],
    [wish('.slot: there is no slot "s9"'), { participants: [guest(['s1', 1], ['s9', 1])] }],
    [
      wish('.slot: there is no slot "\\u001b\\n\\u0085"'),
      { participants: [guest(['s1', 1], ['\u001b\n\u0085', 1])] },
    ],
    [
      wish('.rank: must be a whole number from 1 to 1000'),
      { participants: [guest(['s1', 1], ['s1', 0])] },
    ],
    [
      wish('.rank: must be a whole number from 1 to 1000'),
      { participants: [guest(['s1', 1], ['s1', 1001])] },
    ],
    [
      wish('.rank: must be a whole number from 1 to 1000'),
      { participants: [guest(['s1', 1], ['s1', 1.5])] },
    ],
    [wish('.rank: must be a number'), { participants: [guest(['s1', 1], ['s1', '1'])] }],
    [
      wish('.rank: is missing'),
      { participants: [{ id: 'p', wishes: [{ slot: 's1', rank: 1 }, { slot: 's1' }] }] },
    ],
    [
      'pins[0].participant: there is no participant "q"',
      { pins: [{ participant: 'q', slot: 's1' }] },
    ],
    [
      'forbids[0].slot: there is no slot "q"',
      { participants: [guest()], forbids: [{ participant: 'p', slot: 'q' }] },
    ],
  ])('says %s', (problem, change) => {
    const text = JSON.stringify({ participants: [], slots: [slot('s1')], ...change })
    expect(read(text)).toEqual({ ok: false, problem })
  })

  it('refuses text that is not UTF-8, and takes a byte order mark', () => {
    const text = '{"participants":[],"slots":[],"x":"é"}'
    const latin = Uint8Array.from(text, (unit) => unit.charCodeAt(0))
    expect(read(latin)).toEqual({
      ok: false,
      problem: 'line 1, column 36: a text is not written in UTF-8',
    })
    expect(read(`\ufeff${text}`).ok).toBe(true)
  })

  it('passes over what is nested deeper than any stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(read(`{"participants":[],"slots":[],"x":${deep}}`).ok).toBe(true)
    expect(read(`{"participants":[],"slots":[],"x":${deep.slice(1)}}`).ok).toBe(false)
  })
})

function slot(id: unknown, capacity: unknown = 1) {
  return { id, capacity }
}

function guest(...wishes: [string, unknown][]) {
  return { id: 'p', wishes: wishes.map(([slot, rank]) => ({ slot, rank })) }
}

function wish(problem: string) {
  return `participants[0].wishes[1]${problem}`
}

/** The input as JSON.parse gives it, or undefined if it is none: the same rules told otherwise. */
function parsed(bytes: Uint8Array): InstanceInput | undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
  const isText = (item: unknown) => typeof item === 'string'
  const isObject = (item: unknown): item is Record<string, unknown> =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
  const isList = (list: unknown, check: (item: Record<string, unknown>) => boolean) =>
    Array.isArray(list) && list.every((item) => isObject(item) && check(item))
  const isPair = (pair: Record<string, unknown>) => isText(pair.participant) && isText(pair.slot)
  const isSized = ({ id, capacity }: Record<string, unknown>) =>
    isText(id) && typeof capacity === 'number'
  const sound =
    isObject(value) &&
    isList(
      value.participants,
      ({ id, wishes }) =>
        isText(id) && isList(wishes, (one) => isText(one.slot) && typeof one.rank === 'number'),
    ) &&
    isList(value.slots, (one) => isSized(one) && (one.group == null || isText(one.group))) &&
    isList(value.groups ?? [], isSized) &&
    value.groups !== null &&
    value.pins !== null &&
    value.forbids !== null &&
    isList(value.pins ?? [], isPair) &&
    isList(value.forbids ?? [], isPair)
  return sound ? ({ ...(value as object), seed: '' } as InstanceInput) : undefined
}
