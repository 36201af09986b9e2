import { say } from '#server/platform/i18n.ts'
import type { Report } from '#shared/reports/reports.contract.ts'
import type { PictureKind } from '#shared/reports/reports.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { apart, beginningOf, withoutControls } from './reports.rules.ts'
import { nameIn } from './reports.words.ts'

/** Of every picture, in the units of its drawing. */
export const pictureSize = { width: 320, height: 220 }

const ink = '#1a1613'
const soft = '#5c5650'
const line = '#e4dfd7'
const orange = '#ff8a1f'
/** From few to many, as the screen’s heat map. */
const shades = ['#ffffff', '#fff0df', '#ffdab3', '#ffc285', '#ffa650', orange]
/** Rows that can still be read on paper; the rest is in the full report. */
const mostRows = 7

/** What every drawing is made of. */
interface Telling {
  report: Report
  language: Language
  word: (key: string, values?: Record<string, string | number>) => string
  irritant: (id: string | null) => string
}

/** A picture of the report as SVG, by its own figures alone. @param style CSS put into it. */
export function pictureOf(
  kind: PictureKind,
  report: Report,
  language: Language,
  style = '',
): string {
  const telling: Telling = {
    report,
    language,
    word: (key, values = {}) => say(language, `reports:${key}`, values),
    irritant: (id) => nameIn(report.irritants, id, language),
  }
  const { width, height } = pictureSize
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    style && `<style>${style}</style>`,
    ...drawings[kind](telling),
    '</svg>',
  ].join('')
}

const drawings: Record<PictureKind, (telling: Telling) => string[]> = {
  irritants({ report, irritant }) {
    const rows = report.byIrritant.slice(0, mostRows)
    const most = Math.max(1, ...rows.map(({ count }) => count))
    return rows.flatMap(({ irritantId, count }, at) => {
      const y = 4 + at * 30
      const [first, second = ''] = wrapped(irritant(irritantId), 26, 2)
      const long = (count / most) * 140
      return [
        text(0, y + (second ? 9 : 15), first, { size: 10 }),
        text(0, y + 21, second, { size: 10 }),
        `<rect x="140" y="${y + 3}" width="${long.toFixed(1)}" height="18" rx="4" fill="${irritantId ? orange : shades[2]}"/>`,
        text(146 + long, y + 17, String(count), { size: 12 }),
      ]
    })
  },

  moments({ report, word }) {
    const most = Math.max(1, ...report.byMoment.map(({ count }) => count))
    const all = report.byMoment.filter(({ moment }) => moment !== null)
    const together = report.byMoment.find(({ moment }) => moment === null)
    const step = pictureSize.width / Math.max(1, all.length)
    return [
      `<path d="M${step / 2} 92H${pictureSize.width - step / 2}" stroke="${ink}" stroke-width="2"/>`,
      ...all.flatMap(({ moment, count }, at) => {
        const x = step * (at + 0.5)
        // Areas, not radii, are what the eye compares.
        const radius = 7 + Math.sqrt(count / most) * Math.min(26, step / 2 - 8)
        const name = wrapped(word(`moments.${moment}`), 9, 2)
        return [
          `<circle cx="${x.toFixed(1)}" cy="92" r="${radius.toFixed(1)}" fill="${orange}" stroke="${ink}" stroke-width="1.5"/>`,
          text(x, 96.5, String(count), { size: 12, anchor: 'middle' }),
          ...name.map((one, row) => text(x, 142 + row * 12, one, { size: 9.5, anchor: 'middle' })),
        ]
      }),
      ...(together ? wrapped(`${word('together')} : ${together.count}`, 60, 2) : []).map(
        (one, row) => text(0, 190 + row * 13, one, { size: 9.5, colour: soft }),
      ),
    ]
  },

  severity({ report, word, irritant }) {
    const rows = report.byIrritant.slice(0, mostRows)
    const most = Math.max(1, ...rows.map(({ count }) => count))
    const [left, top, side] = [22, 6, 168]
    const x = (frequency: number) => left + ((frequency - 1) / 4) * side
    const y = (severity: number) => top + side - ((severity - 1) / 4) * side
    const discs = apart(
      rows.map((one) => ({
        x: x(one.frequency),
        y: y(one.severity),
        radius: 6 + 6 * Math.sqrt(one.count / most),
      })),
    )
    return [
      ...[1, 2, 3, 4, 5].flatMap((mark) => [
        `<path d="M${x(mark)} ${top}V${top + side}M${left} ${y(mark)}H${left + side}" stroke="${line}"/>`,
        text(x(mark), top + side + 12, String(mark), { size: 8, colour: soft, anchor: 'middle' }),
        text(left - 6, y(mark) + 3, String(mark), { size: 8, colour: soft, anchor: 'end' }),
      ]),
      text(left, top + side + 26, word('axis.frequency'), { size: 9, colour: soft }),
      `<g transform="translate(8 ${top + side}) rotate(-90)">${text(0, 0, word('axis.severity'), { size: 9, colour: soft })}</g>`,
      ...rows.flatMap((one, at) => [
        `<circle cx="${discs[at]!.x.toFixed(1)}" cy="${discs[at]!.y.toFixed(1)}" r="${discs[at]!.radius.toFixed(1)}" fill="${orange}" stroke="${ink}"/>`,
        text(discs[at]!.x, discs[at]!.y + 3.5, String(at + 1), { size: 9, anchor: 'middle' }),
        ...wrapped(`${at + 1}. ${irritant(one.irritantId)}`, 23, 2).map((said, row) =>
          text(204, 16 + at * 29 + row * 11, said, { size: 9 }),
        ),
      ]),
    ]
  },

  map({ report, language, irritant }) {
    const rows = [...new Set(report.byCell.map(({ irritantId }) => irritantId))].slice(0, mostRows)
    const columns = [...new Set(report.byCell.map(({ roleId }) => roleId))].slice(0, mostRows)
    const most = Math.max(1, ...report.byCell.map(({ count }) => count))
    const wide = (pictureSize.width - 108) / Math.max(1, columns.length)
    const high = Math.min(26, 172 / Math.max(1, rows.length))
    const countOf = (row: string | null, column: string | null) =>
      report.byCell.find((one) => one.irritantId === row && one.roleId === column)?.count ?? 0
    return [
      ...columns.flatMap((column, at) =>
        wrapped(nameIn(report.roles, column, language), Math.floor(wide / 4), 4).map((said, row) =>
          text(108 + wide * (at + 0.5), 8 + row * 9, said, { size: 7.5, anchor: 'middle' }),
        ),
      ),
      ...rows.flatMap((row, at) => {
        const y = 44 + at * high
        return [
          ...wrapped(irritant(row), 23, 2).map((said, part) =>
            text(0, y + 9 + part * 9, said, { size: 8 }),
          ),
          ...columns.flatMap((column, place) => {
            const count = countOf(row, column)
            const shade = count === 0 ? 0 : Math.ceil((5 * count) / most)
            return [
              `<rect x="${(108 + wide * place + 1).toFixed(1)}" y="${y.toFixed(1)}" width="${(wide - 2).toFixed(1)}" height="${high - 2}" rx="3" fill="${shades[shade]}" stroke="${line}"/>`,
              text(108 + wide * (place + 0.5), y + high / 2 + 3, count ? String(count) : '·', {
                size: 10,
                anchor: 'middle',
              }),
            ]
          }),
        ]
      }),
    ]
  },
}

function text(
  x: number,
  y: number,
  said: string,
  { size, anchor = 'start', colour = ink }: { size: number; anchor?: string; colour?: string },
): string {
  if (!said) return ''
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" text-anchor="${anchor}" fill="${colour}">${escaped(said)}</text>`
}

const escaped = (said: string) =>
  withoutControls(said).replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** Words in lines of at most `wide` characters; the last of `lines` says where more was cut. */
export function wrapped(said: string, wide: number, lines: number): string[] {
  const result: string[] = []
  for (const word of said.split(' ')) {
    const last = result.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= wide) {
      result[result.length - 1] = `${last} ${word}`
    } else result.push(word)
  }
  const short = result.map((one) =>
    one.length > wide + 4 ? `${beginningOf(one, wide + 2)}…` : one,
  )
  if (short.length <= lines) return short
  return [...short.slice(0, lines - 1), `${beginningOf(short[lines - 1]!, wide - 1)}…`]
}
