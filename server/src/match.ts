import {
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { resolve } from 'node:path'
import { getSystemErrorMessage, parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { checkCertificate, checkPlan } from './features/matching/core/certificate.ts'
import {
  pinProblem,
  quoted,
  readInstanceFile,
} from './features/matching/core/file/instance-file.ts'
import { planFile } from './features/matching/core/file/plan-file.ts'
import { buildFromColumns, type Instance } from './features/matching/core/instance.ts'
import {
  type Objective,
  objectiveNames,
  solveFor,
} from './features/matching/core/objectives/objectives.ts'
import { type Seats, statsOf } from './features/matching/core/solution.ts'
import { solve } from './features/matching/core/solve.ts'

// `npm run --silent match -- INSTANCE [--objective NAME] [--output FILE]`: plans a problem from a
// JSON file, packed by gzip or not, and prints the plan. What is wrong with the question is one line
// on standard error and exit code 2, with nothing printed. See the README for the format.

const usage =
  `usage: npm run --silent match -- INSTANCE.json[.gz] | - ` +
  `[--objective ${objectiveNames.join(' | ')}] [--output FILE]`

/** The question cannot be answered as asked. */
class Refused extends Error {}

/** Node reads no larger file at once; one that unpacks to more is no instance either. */
const mostBytes = 2 ** 31

/** Ties need a seed; a file has none of its own. */
const seed = ''

try {
  const { path, objective, output } = readArguments()
  const text = await plan(path, objective)
  if (output === undefined) print(text)
  else write(output, text)
} catch (error) {
  if (!(error instanceof Refused)) throw error
  fail(error.message)
}

function readArguments(): { path: string; objective: Objective; output: string | undefined } {
  const { values, positionals } = parsed()
  const [path, ...more] = positionals
  if (path === undefined || path === '' || more.length > 0) throw new Refused(usage)
  const objective = objectiveNames.find((name) => name === (values.objective ?? 'fair'))
  if (objective === undefined)
    throw new Refused(
      `there is no objective ${quoted(values.objective!)}, only ${objectiveNames.join(', ')}`,
    )
  return { path, objective, output: values.output }
}

function parsed() {
  try {
    const text = { type: 'string' } as const
    return parseArgs({ allowPositionals: true, options: { objective: text, output: text } })
  } catch {
    throw new Refused(usage)
  }
}

/** npm runs scripts in the package's folder; a path is meant from where the command was typed. */
function located(path: string): string {
  const typedIn = process.env.npm_lifecycle_event === 'match' ? process.env.INIT_CWD : undefined
  return resolve(typedIn ?? '.', path)
}

/** The bytes of a file or of standard input, unpacked if they are packed, whatever the name says. */
async function readInput(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path).catch((error: unknown) =>
    refuseSystem(`cannot read ${path === '-' ? 'standard input' : quoted(path)}`, error),
  )
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { chunkSize: 1 << 20, maxOutputLength: mostBytes })
  } catch (error) {
    return refuseSystem(`cannot unpack ${quoted(path)}`, error)
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  if (path !== '-') return readFileSync(located(path))
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The plan of an instance file, as text. */
async function plan(path: string, objective: Objective): Promise<string> {
  const reading = performance.now()
  const file = readInstanceFile(await readInput(path), seed)
  if (!file.ok) throw new Refused(file.problem)
  const problem = buildFromColumns(file.columns)
  if (!problem.ok) throw new Refused(pinProblem(problem.refusal))
  const { instance } = problem
  const solving = performance.now()
  const solution = solved(objective, instance, file.columns.guestIds)
  const writing = performance.now()
  return planFile(instance, solution, statsOf(solution), () => ({
    read: tenths(solving - reading),
    solve: tenths(writing - solving),
    write: tenths(performance.now() - writing),
  }))
}

function tenths(milliseconds: number): number {
  return Math.round(10 * milliseconds) / 10
}

/** The seats an objective gives, checked; the file's order is the order of arrival. */
function solved(objective: Objective, instance: Instance, arrival: readonly string[]): Seats {
  if (objective === 'fair') {
    const best = solve(instance)
    if (best.ok && checkCertificate(instance, best.solution).ok) return best.solution
  } else {
    const seats = solveFor(objective, instance, { arrival })
    if (seats.ok && checkPlan(instance, seats.solution) === undefined) return seats.solution
  }
  throw new Error('the plan found does not prove right')
}

function print(text: string): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may stop early, as `head` does.
    if (error.code !== 'EPIPE') fail(`cannot print the plan: ${reasonOf(error)}`)
  })
  process.stdout.write(text)
}

/** Writes a file in one step: it is there whole, or as it was before. */
function write(output: string, text: string): void {
  const path = located(output)
  const draft = `${path}.${process.pid}.tmp`
  try {
    // A device or a pipe cannot be put in place of another; a link keeps pointing where it did.
    const exists = existsSync(path)
    if (exists && !statSync(path).isFile()) writeFileSync(path, text)
    else {
      writeFileSync(draft, text)
      renameSync(draft, exists ? realpathSync(path) : path)
    }
  } catch (error) {
    rmSync(draft, { force: true })
    refuseSystem(`cannot write ${quoted(output)}`, error)
  }
}

function refuseSystem(what: string, error: unknown): never {
  throw new Refused(`${what}: ${reasonOf(error)}`)
}

function reasonOf(error: unknown): string {
  const { errno, syscall, message } = error as NodeJS.ErrnoException
  return errno !== undefined && syscall ? getSystemErrorMessage(errno) : message.split('\n')[0]
}

function fail(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = 2
}
