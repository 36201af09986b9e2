// « Of the wishes shown at 70 %, how many came true? »  npm run bench:chances [-- DAYS]
// DAYS (default 3) simulated days for each regime, pattern of arrivals and number of past days.
import { estimateChances } from '#server/features/matching/matching.chances.rules.ts'
import { makePlan } from '#server/features/matching/matching.plan.ts'
import { problemOf, wishersOf } from '#server/features/matching/matching.problem.ts'
import { demandTable } from '#server/features/matching/matching.reasons.ts'
import { slotsForWish } from '#server/features/signup/signup.rules.ts'
import {
  knownAt,
  type Pattern,
  patterns,
  type Regime,
  regimes,
  simulateDay,
} from './chances.days.ts'

interface Shown {
  regime: Regime
  pattern: Pattern
  past: number
  elapsed: number
  rank: number
  chance: number
  /** Places of the wish for each person who asked for one of them so far. */
  naive: number
  cameTrue: boolean
}

const print = (line: string) => process.stdout.write(`${line}\n`)
const daysEach = Number(process.argv[2] ?? 3)
const shown: Shown[] = []
const took: number[] = []
const counts: { expected: number; true: number }[] = []
for (const regime of Object.keys(regimes) as Regime[]) {
  for (const pattern of patterns) {
    for (const past of [0, 2]) {
      for (let i = 0; i < daysEach; i++) {
        const day = simulateDay(`${regime} ${pattern} ${past} ${i}`, regime, pattern, past)
        const plan = makePlan(day.plan, () => 0)
        if (!plan.ok) throw new Error(plan.failure)
        const rankOf = new Map(plan.guests.map(({ personId, rank }) => [personId, rank]))
        for (const elapsed of [0.25, 0.6, 0.9]) {
          const known = knownAt(day, elapsed)
          if (known.plan.guests.length === 0) continue
          const started = performance.now()
          const chances = estimateChances(known)
          took.push(performance.now() - started)
          counts.push({ expected: chances.expected, true: day.guests.length })
          const wishers = wishersOf(known.plan)
          const asking = problemOf(known.plan).participants.map(({ wishes }) => [...wishes])
          const demand = demandTable(known.plan, asking)
          const sites = new Map(known.plan.sites.map((site) => [site.id, site]))
          const guestOf = new Map(known.plan.guests.map((guest) => [guest.personId, guest]))
          for (const { personId, times } of chances.granted) {
            const guest = guestOf.get(personId)!
            for (const [index, granted] of times.entries()) {
              const wisher = wishers.get(personId)!
              const slots = slotsForWish(guest.wishes[index], wisher, known.plan.slots, sites)
              const { places, asked } = demand(slots.map(({ id }) => ({ slot: id, rank: 1 })))
              shown.push({
                regime,
                pattern,
                past,
                elapsed,
                rank: index + 1,
                chance: granted / chances.samples,
                naive: Math.min(1, places / Math.max(1, asked)),
                cameTrue: rankOf.get(personId) === index + 1,
              })
            }
          }
        }
      }
    }
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const percent = (share: number) => (Number.isNaN(share) ? '–' : `${Math.round(share * 100)} %`)
const decileOf = (chance: number) => Math.min(9, Math.floor(chance * 10))

/** Mean square of what was said against what came: 0 is knowing, 0.25 is always saying one half. */
const brier = (rows: Shown[], of: (row: Shown) => number) =>
  mean(rows.map((row) => (of(row) - Number(row.cameTrue)) ** 2))

/** How far what was said is from what came, decile by decile, weighed by how often it was said. */
function miscalibration(rows: Shown[], of: (row: Shown) => number): number {
  const groups = Map.groupBy(rows, (row) => decileOf(of(row)))
  return [...groups.values()].reduce((sum, group) => {
    const gap = Math.abs(mean(group.map(of)) - mean(group.map((row) => Number(row.cameTrue))))
    return sum + (gap * group.length) / rows.length
  }, 0)
}

function calibration(title: string, rows: Shown[]): void {
  print(`\n${title}`)
  print('shown            wishes   said  came true  |  places ÷ asked: wishes   said  came true')
  for (let decile = 0; decile < 10; decile++) {
    const cells = [(row: Shown) => row.chance, (row: Shown) => row.naive].map((of) => {
      const group = rows.filter((row) => decileOf(of(row)) === decile)
      const came = mean(group.map((row) => Number(row.cameTrue)))
      return [String(group.length), percent(mean(group.map(of))), percent(came)]
    })
    const [ours, naive] = cells.map(([n, said, came]) =>
      [n.padStart(7), said.padStart(6), came.padStart(9)].join(' '),
    )
    const label = `${decile * 10}–${decile * 10 + 10} %`
    print(`${label.padEnd(15)} ${ours}   |  ${' '.repeat(15)} ${naive}`)
  }
}

function line(title: string, rows: Shown[]): void {
  if (rows.length === 0) return
  const ours = (row: Shown) => row.chance
  const naive = (row: Shown) => row.naive
  const base = mean(rows.map((row) => Number(row.cameTrue)))
  const cells = [
    String(rows.length).padStart(7),
    percent(miscalibration(rows, ours)).padStart(9),
    percent(miscalibration(rows, naive)).padStart(9),
    brier(rows, ours).toFixed(3).padStart(9),
    brier(rows, naive).toFixed(3).padStart(9),
    (base * (1 - base)).toFixed(3).padStart(11),
  ]
  print(`${title.padEnd(22)}${cells.join(' ')}`)
}

calibration('All wishes', shown)
calibration(
  'First wishes',
  shown.filter(({ rank }) => rank === 1),
)
print('\n                               off by (deciles)      mean square error')
print('                       wishes   shown  naive ÷      shown   naive ÷   base rate')
line('all', shown)
for (const rank of [1, 2, 3, 4, 5])
  line(
    `wish ${rank}`,
    shown.filter((row) => row.rank === rank),
  )
for (const regime of Object.keys(regimes))
  line(
    regime,
    shown.filter((row) => row.regime === regime),
  )
for (const pattern of patterns)
  line(
    `arrivals ${pattern}`,
    shown.filter((row) => row.pattern === pattern),
  )
for (const past of [0, 2])
  line(
    `${past} past days`,
    shown.filter((row) => row.past === past),
  )
for (const elapsed of [0.25, 0.6, 0.9])
  line(
    `at ${percent(elapsed)} of the time`,
    shown.filter((row) => row.elapsed === elapsed),
  )

const sorted = took.toSorted((a, b) => a - b)
const off = counts.map((count) => count.expected / count.true)
print(
  `\n${took.length} estimates on ${counts.length / 3} days; sign-ups expected ÷ true: mean ${mean(off).toFixed(2)}, ` +
    `middle 80 % ${off.toSorted((a, b) => a - b)[Math.floor(off.length * 0.1)].toFixed(2)}–${off.toSorted((a, b) => a - b)[Math.floor(off.length * 0.9)].toFixed(2)}; ` +
    `one estimate takes ${Math.round(sorted[sorted.length >> 1])} ms (median)`,
)
