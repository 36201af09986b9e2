import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { highsBest } from '#tests/matching/core.highs.ts'
import { drawProblem, popularities, regimes, type Shape } from './matching.generator.ts'
import { buildLemon } from './matching.lemon.ts'
import type { Once } from './matching.once.ts'

// `npm run bench:matching`: the matching engine beside two solvers that know nothing of matchings,
// on the same problems in the same run; all must agree on the optimum. `-- --all` adds every country
// and half a million guests; `-- regions`, `countries`, `scaling` or `server` runs one part.

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

function regions(): void {
  const rounds = all ? 9 : 3
  const warmUp = 30
  say(`\n## Regions (medians of ${rounds} processes; warm: after ${warmUp} solves)\n`)
  row([
    'problem',
    'first call',
    'warm',
    'LEMON',
    'HiGHS',
    'warm / LEMON',
    'first / LEMON',
    'first / HiGHS',
    'proof / solve',
  ])
  row(Array(9).fill('---'))
  for (const size of ['region', 'big region'] as const)
    for (const regime of regimes)
      for (const popularity of popularities) {
        const shape = { ...sizes[size], regime, popularity, seed: 1 }
        const instance = instanceOf(shape)
        const first: number[] = []
        const warm: number[] = []
        const proof: number[] = []
        const native: number[] = []
        const highs: number[] = []
        for (let round = 0; round < rounds; round++) {
          const ours = once(shape, 2 * warmUp)
          first.push(ours.solves[0]!)
          warm.push(median(ours.solves.slice(warmUp)))
          proof.push(median(ours.checks.slice(warmUp)))
          if (typeof lemon !== 'string') {
            const theirs = lemon(instance)
            mustAgree('LEMON', ours, theirs)
            native.push(theirs.milliseconds)
          }
          if (round > 0 || (!all && size !== 'region')) continue
          const theirs = highsBest(drawProblem(shape))
          mustAgree('HiGHS', ours, theirs)
          highs.push(theirs.milliseconds)
        }
        const [f, w, l, h] = [first, warm, native, highs].map((list) =>
          list.length > 0 ? median(list) : Number.NaN,
        ) as [number, number, number, number]
        row([
          `${size}, ${regime}, ${popularity}`,
          ms(f),
          ms(w),
          ms(l),
          ms(h),
          times(l / w),
          times(l / f),
          times(h / f),
          `${Math.round((100 * median(proof)) / w)} %`,
        ])
      }
}

function countries(): void {
  const rounds = all ? 3 : 1
  say(`\n## Countries (130,000 guests, 40,000 slots; first call; medians of ${rounds})\n`)
  row(['problem', 'wishes', 'solve', 'LEMON', 'LEMON / solve', 'proof / solve', 'memory'])
  row(Array(7).fill('---'))
  for (const regime of regimes)
    for (const popularity of popularities) {
      if (!all && regime === 'balanced') continue
      const shape = { ...sizes.country, regime, popularity, seed: 1 }
      const runs = Array.from({ length: rounds }, () => once(shape, 1))
      const solved = median(runs.map(({ solves }) => solves[0]!))
      const proof = median(runs.map(({ checks }) => checks[0]!))
      let native = Number.NaN
      if (typeof lemon !== 'string') {
        const theirs = lemon(instanceOf(shape))
        mustAgree('LEMON', runs[0]!, theirs)
        native = theirs.milliseconds
      }
      const { arcs, before, peak } = runs[0]!
      row([
        `${regime}, ${popularity}`,
        String(arcs),
        ms(solved),
        ms(native),
        times(native / solved),
        `${Math.round((100 * proof) / solved)} %`,
        `${peak} MB (${before} before)`,
      ])
    }
  if (!all) say('\nBalanced countries, where LEMON takes a minute each: -- countries --all')
}

function scaling(): void {
  const guests = all ? [2_000, 8_000, 32_000, 130_000, 500_000] : [2_000, 8_000, 32_000, 130_000]
  say('\n## From region to half a million (skewed; first call; nanoseconds for each wish)\n')
  row(['guests × slots', ...regimes.flatMap((regime) => [`${regime}, ms`, 'ns'])])
  row(Array(7).fill('---'))
  for (const count of guests) {
    const slots = Math.round(count * 0.3)
    const cells = regimes.flatMap((regime) => {
      const { solves, arcs } = once(
        { guests: count, slots, regime, popularity: 'skewed', seed: 1 },
        1,
      )
      return [ms(solves[0]!), ((1e6 * solves[0]!) / arcs).toFixed(0)]
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
const made: Record<string, () => void | Promise<void>> = { regions, countries, scaling, server }
for (const [name, part] of Object.entries(made))
  if (parts.length === 0 || parts.includes(name)) await part()
