import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeInstance } from './matching.draw.ts'
import { regimes } from './matching.generator.ts'

const country = { guests: 130_000, slots: 40_000, popularity: 'skewed', seed: 1 } as const
const command = new URL('../../server/src/match.ts', import.meta.url).pathname

const compileCache = new URL('../../node_modules/.cache/node', import.meta.url).pathname

/** The least a program could do with the file before it solves anything. */
const parseAlone = `const { readFileSync } = require('node:fs')
JSON.parse(readFileSync(process.argv[1], 'utf8'))`

/** Tells the memory a process took at most, on its third channel. */
const tellMemory = `import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`

interface Run {
  /** from start to end of the process, in milliseconds */
  whole: number
  megabytes: number
}

async function run(args: string[]): Promise<Run> {
  const start = performance.now()
  const hook = ['--import', `data:text/javascript,${encodeURIComponent(tellMemory)}`]
  const child = spawn(process.execPath, [...hook, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    // As the npm script has it.
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
  let kilobytes = ''
  child.stdio[3]?.on('data', (data) => {
    kilobytes += data
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return { whole: performance.now() - start, megabytes: Number(kilobytes) / 1024 }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`.padStart(9)

/**
 * A country from JSON file to JSON file: whole processes, medians, beside a process that only parses
 * the same file with JSON.parse in the same run.
 */
export async function files(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-bench-'))
  process.stdout.write(
    `${country.guests} guests × ${country.slots} slots, file to file, median of ${rounds} processes\n` +
      `${'regime'.padEnd(10)}${['file', 'whole', 'solving', 'the rest', 'JSON.parse', 'rest ÷ it', 'memory'].map((head) => head.padStart(11)).join('')}\n`,
  )
  try {
    for (const regime of regimes) {
      const file = join(folder, `${regime}.json`)
      const output = join(folder, 'plan.json')
      await writeInstance({ ...country, regime }, createWriteStream(file))
      const runs: (Run & { solve: number })[] = []
      const parses: Run[] = []
      for (let round = 0; round < rounds; round++) {
        parses.push(await run(['--eval', parseAlone, file]))
        const took = await run([command, file, '--output', output])
        const { milliseconds } = JSON.parse(readFileSync(output, 'utf8')).stats
        runs.push({ ...took, solve: milliseconds.solve })
      }
      const rest = median(runs.map(({ whole, solve }) => whole - solve))
      const parse = median(parses.map(({ whole }) => whole))
      const columns = [
        `${Math.round(statSync(file).size / 1_048_576)} MB`,
        seconds(median(runs.map(({ whole }) => whole))),
        seconds(median(runs.map(({ solve }) => solve))),
        seconds(rest),
        seconds(parse),
        (rest / parse).toFixed(2),
        `${Math.round(Math.max(...runs.map(({ megabytes }) => megabytes)))} MB`,
      ]
      process.stdout.write(
        `${regime.padEnd(10)}${columns.map((text) => text.padStart(11)).join('')}\n`,
      )
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
