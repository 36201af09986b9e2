import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { drawProblem, popularities, regimes, type Shape } from './matching.generator.ts'

// `npm run --silent bench:instance -- --guests 130000 --slots 40000 > country.json`: a problem drawn
// at random as a file for `npm run match`; also --regime, --popularity, --seed and --output FILE.

/** A drawn problem as text, one entry a line, in pieces no larger than an entry. */
export function* instanceText(shape: Shape): Generator<string> {
  const { seed: _, ...lists } = drawProblem(shape)
  let before = '{'
  for (const [key, items] of Object.entries(lists)) {
    yield `${before}"${key}":[`
    let comma = '\n'
    for (const item of items) {
      yield comma + JSON.stringify(item)
      comma = ',\n'
    }
    before = '],\n'
  }
  yield ']}\n'
}

export async function writeInstance(shape: Shape, output: NodeJS.WritableStream): Promise<void> {
  await pipeline(inChunks(instanceText(shape)), output)
}

function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < 1 << 20) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      guests: { type: 'string', default: '2000' },
      slots: { type: 'string', default: '700' },
      regime: { type: 'string', default: 'balanced' },
      popularity: { type: 'string', default: 'skewed' },
      seed: { type: 'string', default: '1' },
      output: { type: 'string' },
    },
  })
  const regime = regimes.find((one) => one === values.regime)
  const popularity = popularities.find((one) => one === values.popularity)
  if (!regime || !popularity)
    throw new Error(`--regime ${regimes.join(' | ')} --popularity ${popularities.join(' | ')}`)
  const [guests, slots, seed] = [values.guests, values.slots, values.seed].map(Number) as [
    number,
    number,
    number,
  ]
  const output = values.output === undefined ? process.stdout : createWriteStream(values.output)
  await writeInstance({ guests, slots, regime, popularity, seed }, output)
}
