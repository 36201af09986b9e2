import { readFileSync } from 'node:fs'
import type { Moment } from '#shared/observations/observations.contract.ts'

/** One observation of the corpus; its group is null where nothing else is about the same thing. */
export interface Said {
  group: string | null
  /** Groups are dealt in turn: weights are tuned on one half, figures are told of the other. */
  half: 'tuned' | 'held-out'
  irritant: string
  role: string
  moment: Moment
  situation: string
  idea: string
}

const halves = ['tuned', 'held-out'] as const
const words = (list: string) => list.split(',').map((word) => word.trim())

/** Reads `findings.corpus.txt`; its head says what a line means. */
export function readCorpus(): Said[] {
  const text = readFileSync(new URL('findings.corpus.txt', import.meta.url), 'utf8')
  const said: Said[] = []
  let group: { name: string; choices: string[][]; size: number } | undefined
  let groups = 0
  for (const line of text.split('\n').filter((one) => one && !one.startsWith('#'))) {
    const fields = line.split('|').map((field) => field.trim())
    if (line.startsWith('=')) {
      const name = fields[0]!.slice(1).trim()
      group = name === '-' ? undefined : { name, choices: fields.slice(1).map(words), size: 0 }
      groups += 1
      continue
    }
    const turn = group?.size ?? 0
    const ticked = group?.choices.map((choices) => choices[turn % choices.length]!) ?? fields
    const [situation = '', idea = ''] = fields.at(-1)!.split(' // ')
    said.push({
      group: group?.name ?? null,
      half: halves[(group ? groups : said.length) % 2]!,
      irritant: ticked[0]!,
      role: ticked[1]!,
      moment: ticked[2] as Moment,
      situation,
      idea,
    })
    if (group) group.size += 1
  }
  return said
}
