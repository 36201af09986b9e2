// « How many names would leave the phone? »  npm run bench:names
// On the half of the corpus the rules were not tuned on; then the time of one keystroke.
import type { SpotKind } from '#web/features/observations/names/names.spot.ts'
import { spot } from '#web/features/observations/names/names.spot.ts'
import {
  colleagues,
  corpus,
  masked,
  precision,
  recall,
  type Sentence,
  score,
} from '../observations/names.corpus.ts'

const print = (line: string) => process.stdout.write(`${line}\n`)
const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)
const kinds: SpotKind[] = ['person', 'phone', 'mail', 'address', 'reference']

/** One row: what was found of what is marked, and how much of what was found is right. */
function row(name: string, sentences: readonly Sentence[], kind?: SpotKind): void {
  const counted = score(sentences, kind)
  const shares = [precision(counted), recall(counted), masked(counted)].map(percent).join('')
  const counts = [counted.marked, counted.spotted]
    .map((count) => String(count).padStart(8))
    .join('')
  print(name.padEnd(22) + shares + counts)
}

const reported = corpus.filter(({ half }) => half === 'reported')
print(`${corpus.length} sentences, ${reported.length} of them reported here`)
print(
  `${''.padEnd(22)}${['right', 'found', 'masked', 'marked', 'spotted'].map((head) => head.padStart(8)).join('')}`,
)
row('everything', reported)
for (const language of ['fr', 'en'] as const) {
  const spoken = reported.filter((sentence) => sentence.language === language)
  row(language, spoken)
  for (const kind of kinds) row(`  ${kind}`, spoken, kind)
}

/** The thread’s own time: others share the machine. */
const now = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Milliseconds of spotting the text once: the median of five batches long enough for that clock. */
function medianOf(text: string): number {
  const batches = Array.from({ length: 5 }, () => {
    const started = now()
    let goes = 0
    for (; now() - started < 40; goes += 1) spot(text, 'fr', colleagues)
    return (now() - started) / goes
  })
  return batches.sort((a, b) => a - b)[2]!
}

// What the corpus says, one sentence after the other, as far as one types.
const told = corpus.map(({ text }) => text).join(' ')
medianOf(told.slice(0, 1_000))
print('\nOne keystroke, median; the ratio to the length before it, 2 or 2.5 where time is linear')
let before: number | undefined
for (const length of [100, 250, 500, 1_000, 2_000, 4_000, 10_000]) {
  const took = medianOf(told.slice(0, length))
  const ratio = before === undefined ? '' : `× ${(took / before).toFixed(1)}`
  print(`${String(length).padStart(6)} characters ${took.toFixed(2).padStart(8)} ms  ${ratio}`)
  before = took
}
print('\nWhat somebody might paste: 10,000 characters against 5,000')
for (const piece of [
  '0',
  '06 12 ',
  'a',
  'A ',
  '@',
  'a@',
  '12 rue de ',
  'Marie ',
  'M. ',
  '(+33',
  'FR76 ',
  '😀',
  '-',
]) {
  const half = medianOf(piece.repeat(5_000 / piece.length))
  const whole = medianOf(piece.repeat(10_000 / piece.length))
  print(
    `${JSON.stringify(piece).padEnd(16)}${whole.toFixed(1).padStart(8)} ms  × ${(whole / half).toFixed(1)}`,
  )
}
