import { checkCertificate } from '#server/features/matching/core/certificate.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { statsOf } from '#server/features/matching/core/solution.ts'
import { solve } from '#server/features/matching/core/solve.ts'
import { drawProblem, type Shape } from './matching.generator.ts'

/** Milliseconds on the clock, and those of them in which the thread had a processor. */
export interface Took {
  wall: number
  processor: number
}

export interface Once {
  placed: number
  cost: number
  arcs: number
  /** each solve in turn: the first is the first call of its process, modules loaded before */
  solves: Took[]
  /** each check of the proof */
  checks: Took[]
  build: number
  /** megabytes: of the process with problem and instance in memory, and at its highest */
  before: number
  peak: number
}

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)

function stopwatch(): () => Took {
  const wall = performance.now()
  const processor = processorTime()
  return () => ({ wall: performance.now() - wall, processor: processorTime() - processor })
}

/** Of this thread, without the compiler's; asking for the process first brings the thread's up to date. */
function processorTime(): number {
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Draws, builds and solves a problem some times over; run in a process of its own. */
function once(shape: Shape, runs: number): Once {
  const input = drawProblem(shape)
  const started = performance.now()
  const built = buildInstance(input)
  const build = performance.now() - started
  if (!built.ok) throw new Error(built.refusal.code)
  const { instance } = built
  const before = megabytes(process.memoryUsage.rss())
  const measured: Once = {
    placed: 0,
    cost: 0,
    arcs: instance.arcSlot.length,
    solves: [],
    checks: [],
    build,
    before,
    peak: 0,
  }
  for (let run = 0; run < runs; run++) {
    const solved = stopwatch()
    const result = solve(instance)
    measured.solves.push(solved())
    if (!result.ok) throw new Error(result.code)
    const checked = stopwatch()
    const verdict = checkCertificate(instance, result.solution)
    measured.checks.push(checked())
    if (!verdict.ok) throw new Error(verdict.flaw)
    Object.assign(measured, statsOf(result.solution))
  }
  // maxRSS is in kilobytes
  measured.peak = Math.round(process.resourceUsage().maxRSS / 1024)
  return measured
}

const [task] = process.argv.slice(2)
if (task !== undefined) {
  const { shape, runs } = JSON.parse(task) as { shape: Shape; runs: number }
  process.stdout.write(JSON.stringify(once(shape, runs)))
}
