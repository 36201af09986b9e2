import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command, match } from './match.command.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'match-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Everything the format allows at once; the best plan is the only one that places all but p4. */
const everything = JSON.stringify({
  comment: 'passed over',
  forbids: [{ participant: 'p3', slot: 's3' }],
  pins: [
    { participant: '__proto__', slot: 'constructor' },
    { participant: '__proto__', slot: 'constructor' },
  ],
  participants: [
    { id: 'p2', wishes: [{ rank: 1, slot: 's1' }] },
    { id: 'p4', wishes: [] },
    // Twice the same slot: 2 counts. Two slots at one rank. 1,000 is a rank.
    {
      id: 'p3',
      wishes: [
        { slot: 's3', rank: 1 },
        { slot: 's2', rank: 1000 },
      ],
    },
    {
      id: 'p\u00e9',
      wishes: [
        { slot: 's1', rank: 1 },
        { slot: 's3', rank: 7 },
        { slot: 's3', rank: 2 },
        { slot: 's2', rank: 2 },
      ],
    },
    { id: '__proto__', wishes: [{ slot: 's1', rank: 3 }] },
  ],
  groups: [{ id: 'g', capacity: 2 }],
  slots: [
    { id: 's1', capacity: 1 },
    { id: 's2', capacity: 99_999_999_999_999, group: 'g' },
    { id: 's3', capacity: 1, group: 'g' },
    { id: 'constructor', capacity: 1, group: null },
  ],
})
const plan = {
  assignments: [
    { participant: '__proto__', slot: 'constructor' },
    { participant: 'p2', slot: 's1' },
    { participant: 'p3', slot: 's2' },
    { participant: 'p\u00e9', slot: expect.stringMatching(/^s[23]$/) },
  ],
  unplaced: ['p4'],
  stats: {
    placed: 4,
    cost: 1 + 1_000_000 + 4,
    histogram: { 1: 1, 2: 1, 1000: 1 },
    milliseconds: {
      read: expect.any(Number),
      solve: expect.any(Number),
      write: expect.any(Number),
    },
  },
}

describe('the matching command', () => {
  it('prints the best plan, the same from a file, a packed one or standard input', async () => {
    const packed = gzipSync(everything)
    const runs = await Promise.all([
      match([file('day.json', everything)]),
      match([file('day.json.gz', packed), '--objective', 'fair']),
      match(['-'], everything),
      match(['-'], packed),
    ])
    for (const run of runs) {
      expect(run).toMatchObject({ code: 0, error: '' })
      expect(JSON.parse(run.out)).toEqual(plan)
      expect(run.out).toMatch(
        /^{"assignments":\[\n{.*},\n.*\n\],\n"unplaced":\[\n"p4"\n\],\n"stats":{.*}}\n$/s,
      )
    }
    const withoutTimes = runs.map(({ out }) => out.replace(/"milliseconds".*/, ''))
    expect(new Set(withoutTimes).size).toBe(1)
  })

  it('plans alike whatever the order of the lines, for the objectives that know no arrival', async () => {
    const { participants, slots, pins, forbids, groups } = JSON.parse(everything)
    const turned = JSON.stringify({
      slots: slots.toReversed(),
      participants: participants.toReversed(),
      groups,
      forbids,
      pins,
    })
    for (const objective of ['fair', 'rank-maximal', 'random-order']) {
      const runs = await Promise.all(
        [everything, turned].map((text) => match(['-', '--objective', objective], text)),
      )
      const [one, other] = runs.map(({ out }) => JSON.parse(out))
      expect(other.assignments).toEqual(one.assignments)
      expect(other.unplaced).toEqual(one.unplaced)
    }
  })

  it('takes people in the order of the file under first-come', async () => {
    const wishing = (id: string) => ({ id, wishes: [{ slot: 's', rank: 1 }] })
    const slots = [{ id: 's', capacity: 1 }]
    const planOf = async (...ids: string[]) => {
      const text = JSON.stringify({ participants: ids.map(wishing), slots })
      return JSON.parse((await match(['-', '--objective=first-come'], text)).out).assignments
    }
    expect(await planOf('early', 'late')).toEqual([{ participant: 'early', slot: 's' }])
    expect(await planOf('late', 'early')).toEqual([{ participant: 'late', slot: 's' }])
  })

  it('writes a file in place, prints nothing, and leaves nothing else behind', async () => {
    const input = file('out-of.json', everything)
    writeFileSync(join(folder, 'real.json'), 'before')
    symlinkSync('real.json', join(folder, 'link.json'))
    const before = readdirSync(folder)
    const runs = await Promise.all([
      match([input, '--output', 'fresh.json'], '', { cwd: folder }),
      match([input, '--output', join(folder, 'link.json')]),
      match([input, '--output', join(folder, 'no-such-folder', 'x.json')]),
      match([input, '--output', folder]),
      match(['-', '--output', join(folder, 'real.json')], '{"participants":['),
    ])
    expect(runs.map(({ code, out }) => [code, out])).toEqual([
      [0, ''],
      [0, ''],
      [2, ''],
      [2, ''],
      [2, ''],
    ])
    for (const name of ['fresh.json', 'link.json', 'real.json'])
      expect(JSON.parse(readFileSync(join(folder, name), 'utf8')), name).toEqual(plan)
    expect(readdirSync(folder).sort()).toEqual([...before, 'fresh.json'].sort())
  })

  it('finds a path from where the command was typed, as npm tells it', async () => {
    file('typed.json', everything)
    const env = { npm_lifecycle_event: 'match', INIT_CWD: folder }
    expect((await match(['typed.json'], '', { env })).code).toBe(0)
    expect((await match(['typed.json'])).code).toBe(2)
  })

  it('is quiet when nobody reads what it prints', async () => {
    const shell = ['-c', 'node "$0" "$1" | true', command, file('unread.json', everything)]
    const { stdout, stderr } = await promisify(execFile)('sh', shell)
    expect([stdout, stderr]).toEqual(['', ''])
  })

  it.each<[string, string[], string | Uint8Array, string | RegExp]>([
    [
      'a missing file',
      ['nowhere.json'],
      '',
      'cannot read "nowhere.json": no such file or directory',
    ],
    ['an unknown option', ['-', '--fast'], '', /^usage: /],
    [
      'an unknown objective',
      ['-', '--objective', 'best\n'],
      '',
      /^there is no objective "best\\n", only fair, /,
    ],
    ['no JSON', ['-'], '{"participants":\n[}', 'line 2, column 2: expected a value'],
    ['half a packed file', ['-'], gzipSync(everything).subarray(0, 80), /^cannot unpack "-": /],
    [
      'an unknown slot',
      ['-'],
      everything.replace('"s3","rank":7', '"s9","rank":7'),
      'participants[3].wishes[1].slot: there is no slot "s9"',
    ],
    [
      'two pins of one person',
      ['-'],
      everything.replace('"constructor"', '"s1"'),
      'pins[1]: "__proto__" is pinned to another slot already',
    ],
    [
      'too many pins',
      ['-'],
      everything.replace('"participant":"__proto__"', '"participant":"p4"'),
      'pins[1]: slot "constructor" has no room for everybody pinned to it',
    ],
  ])('refuses %s in one line', async (_, args, input, line) => {
    const run = await match(args, input)
    expect(run).toMatchObject({ code: 2, out: '' })
    expect(run.error.split('\n')).toEqual([
      typeof line === 'string' ? line : expect.stringMatching(line),
      '',
    ])
  })
})
