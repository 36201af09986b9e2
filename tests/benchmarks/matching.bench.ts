import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { type Best, highsBest } from '#tests/matching/core.highs.ts'
import { files } from './matching.files.ts'
import { drawProblem, popularities, regimes, type Shape } from './matching.generator.ts'
import { buildLemon } from './matching.lemon.ts'
import type { Once, Took } from './matching.once.ts'
import { repairs } from './matching.repairs.ts'

// `npm run bench:matching`: the matching engine beside two solvers that know nothing of matchings,
// on the same problems in the same run; all must agree on the optimum. `-- --all` adds what takes
// long, half a million guests too; `-- regions`, `countries`, `scaling`, `server`, `repairs` or `files`
// runs one part.

const wanted = process.argv.slice(2)
const all = wanted.includes('--all')
const parts = wanted.filter((word) => !word.startsWith('--'))
const lemon = buildLemon()
const onceFile = fileURLToPath(new URL('matching.once.ts', import.meta.url))
const say = (line: string) => void process.stdout.write(`${line}\n`)

const sizes = {
  region: { guests: 2_000, slots: 700 },
  'big region': { guests: 5_000, slots: 2_000 },
  country: { guests: 130_000, slots: 40_000 },
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
const ms = (value: number) => (value < 20 ? value.toFixed(2) : value.toFixed(0))
const times = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)}×`
const row = (cells: string[]) => say(`| ${cells.join(' | ')} |`)
const header = (cells: string[]) => {
  row(cells)
  row(cells.map(() => '---'))
}

/** A process of its own, so that the first call is one. */
function once(shape: Shape, runs: number): Once {
  const flags = ['--max-old-space-size=8000', onceFile, JSON.stringify({ shape, runs })]
  return JSON.parse(execFileSync(process.execPath, flags, { maxBuffer: 1e9 }).toString()) as Once
}

function instanceOf(shape: Shape) {
  const built = buildInstance(drawProblem(shape))
  if (!built.ok) throw new Error(built.refusal.code)
  return built.instance
}

function mustAgree(name: string, a: { placed: number; cost: number }, b: typeof a): void {
  if (a.placed !== b.placed || a.cost !== b.cost)
    throw new Error(`${name} finds ${b.placed} for ${b.cost}, we ${a.placed} for ${a.cost}`)
}

const wallOf = (list: Took[]) => median(list.map(({ wall }) => wall))
const processorOf = (list: Took[]) => median(list.map(({ processor }) => processor))
const took = ({ milliseconds, processor }: Best): Took => ({ wall: milliseconds, processor })
/** Wall and processor time. */
const both = (list: Took[]) =>
  list.length > 0 ? `${ms(wallOf(list))} (${ms(processorOf(list))})` : '–'
/** How many times faster, by processor time: the machine may be at other work. */
const ratio = (theirs: Took[], ours: Took[]) =>
  theirs.length > 0 ? times(processorOf(theirs) / processorOf(ours)) : '–'
const share = (part: Took[], whole: Took[]) =>
  `${Math.round((100 * processorOf(part)) / processorOf(whole))} %`

function lemonOn(shape: Shape, runs: number, ours: Once): Took[] {
  if (typeof lemon === 'string') return []
  const instance = instanceOf(shape)
  return Array.from({ length: runs }, () => {
    const theirs = lemon(instance)
    mustAgree('LEMON', ours, theirs)
    return took(theirs)
  })
}

/** HiGHS takes as long as everything else together on a balanced region: there once is enough. */
function highsOn(shape: Shape, ours: Once): Took[] {
  if (!all && shape.guests > sizes.region.guests) return []
  if (!all && shape.regime === 'balanced' && shape.popularity === 'uniform') return []
  const theirs = highsBest(drawProblem(shape))
  mustAgree('HiGHS', ours, theirs)
  return [took(theirs)]
}

function regions(): void {
  const rounds = all ? 9 : 3
  const warmUp = 30
  say(`\n## Regions: milliseconds on the clock (of processor), medians of ${rounds} processes`)
  say(`First call: modules loaded, nothing compiled. Warm: after ${warmUp} solves.\n`)
  header([
    'problem',
    'first call',
    'warm',
    'LEMON',
    'HiGHS',
    'faster than LEMON, warm',
    'faster than HiGHS, first call',
    'proof, share of solve',
  ])
  for (const size of ['region', 'big region'] as const)
    for (const regime of regimes)
      for (const popularity of popularities) {
        const shape = { ...sizes[size], regime, popularity, seed: 1 }
        const runs = Array.from({ length: rounds }, () => once(shape, 2 * warmUp))
        const first = runs.map(({ solves }) => solves[0]!)
        const warm = runs.flatMap(({ solves }) => solves.slice(warmUp))
        const proof = runs.flatMap(({ checks }) => checks.slice(warmUp))
        const native = lemonOn(shape, rounds, runs[0]!)
        const highs = highsOn(shape, runs[0]!)
        row([
          `${size}, ${regime}, ${popularity}`,
          both(first),
          both(warm),
          both(native),
          both(highs),
          ratio(native, warm),
          ratio(highs, first),
          share(proof, warm),
        ])
      }
}

function countries(): void {
  const rounds = all ? 3 : 1
  say(`\n## Countries: 130,000 guests, 40,000 slots, first call; medians of ${rounds} processes\n`)
  header([
    'problem',
    'wishes',
    'solve',
    'LEMON',
    'faster than LEMON',
    'proof, share of solve',
    'memory',
  ])
  for (const regime of regimes)
    for (const popularity of popularities) {
      if (!all && regime === 'balanced' && popularity === 'uniform') continue
      const shape = { ...sizes.country, regime, popularity, seed: 1 }
      const runs = Array.from({ length: rounds }, () => once(shape, 1))
      const solved = runs.map(({ solves }) => solves[0]!)
      const proof = runs.map(({ checks }) => checks[0]!)
      const native = lemonOn(shape, 1, runs[0]!)
      const { arcs, before, peak } = runs[0]!
      row([
        `${regime}, ${popularity}`,
        String(arcs),
        both(solved),
        both(native),
        ratio(native, solved),
        share(proof, solved),
        `${peak} MB (${before} before)`,
      ])
    }
  if (!all) say('\nThe other balanced country, where LEMON takes a minute: -- countries --all')
}

function scaling(): void {
  const guests = all ? [2_000, 8_000, 32_000, 130_000, 500_000] : [2_000, 8_000, 32_000, 130_000]
  say('\n## From region to half a million (skewed; first call; processor time, for each wish)\n')
  header(['guests × slots', ...regimes.flatMap((regime) => [`${regime}, ms`, 'ns'])])
  for (const count of guests) {
    const slots = Math.round(count * 0.3)
    const cells = regimes.flatMap((regime) => {
      const { solves, arcs } = once(
        { guests: count, slots, regime, popularity: 'skewed', seed: 1 },
        1,
      )
      const { processor } = solves[0]!
      return [ms(processor), ((1e6 * processor) / arcs).toFixed(0)]
    })
    row([`${count} × ${slots}`, ...cells])
  }
}

/** The delay of the main thread while a worker solves a country, against as long in idleness. */
async function server(): Promise<void> {
  const idle = monitorEventLoopDelay({ resolution: 1 })
  idle.enable()
  await wait(5_000)
  idle.disable()
  const shape: Shape = { ...sizes.country, regime: 'balanced', popularity: 'skewed', seed: 1 }
  const busy = monitorEventLoopDelay({ resolution: 1 })
  const worker = new Worker(onceFile, { argv: [JSON.stringify({ shape, runs: 3 })], stdout: true })
  busy.enable()
  await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject))
  busy.disable()
  const [quiet, loaded] = [idle, busy].map((delay) => delay.percentile(99) / 1e6) as [
    number,
    number,
  ]
  say('\n## The server while a worker solves countries\n')
  say(
    `p99 event-loop delay: idle ${quiet.toFixed(2)} ms, solving ${loaded.toFixed(2)} ms: ${times(loaded / quiet)}`,
  )
}

say(`${cpus()[0]!.model}, ${cpus().length} processors, Node ${process.version}`)
if (typeof lemon === 'string') say(`LEMON is left out: ${lemon}`)
const made: Record<string, () => void | Promise<void>> = {
  regions,
  countries,
  scaling,
  server,
  repairs,
  files: () => files(all ? 3 : 1),
}
for (const [name, part] of Object.entries(made))
  if (parts.length === 0 || parts.includes(name)) await part()
