import { checkCertificate } from '#server/features/matching/core/certificate.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { statsOf } from '#server/features/matching/core/solution.ts'
import { solve } from '#server/features/matching/core/solve.ts'
import { drawProblem, type Shape } from './matching.generator.ts'

export interface Once {
  placed: number
  cost: number
  arcs: number
  /** milliseconds of each solve in turn: the first is the first call of its process */
  solves: number[]
  /** milliseconds of each check of the proof */
  checks: number[]
  build: number
  /** megabytes: of the process with problem and instance in memory, and at its highest */
  before: number
  peak: number
}

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)

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
    const start = performance.now()
    const result = solve(instance)
    const solved = performance.now()
    if (!result.ok) throw new Error(result.code)
    const verdict = checkCertificate(instance, result.solution)
    measured.checks.push(performance.now() - solved)
    measured.solves.push(solved - start)
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
