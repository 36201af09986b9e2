import type { Language } from '#shared/vocabulary/language.ts'
import { reportTexts } from './roster.texts.ts'
import { type DryRun, isRejection } from './roster.verdicts.ts'

const BYTE_ORDER_MARK = '\uFEFF'

/**
 * The dry run as a CSV that Excel opens by a double click (UTF-8 with mark, semicolons, CRLF):
 * one line per finding, one for each row without any, then whoever is absent from the file.
 */
export function writeReport<Existing>(
  run: Pick<DryRun<unknown, Existing>, 'verdicts' | 'absent'>,
  keyOf: (existing: Existing) => string,
  language: Language,
): string {
  const texts = reportTexts[language]
  const lines: (string | number)[][] = [[...texts.columns]]
  for (const { line, outcome, key, findings } of run.verdicts) {
    const start = [line, texts.outcomes[outcome], key ?? '']
    if (findings.length === 0) lines.push([...start, '', '', '', '', ''])
    for (const { code, field, cell, otherLine } of findings)
      lines.push([
        ...start,
        texts.severities[isRejection(code) ? 'rejection' : 'warning'],
        field === null ? '' : texts.fields[field],
        cell,
        texts.findings[code],
        otherLine ?? '',
      ])
  }
  for (const existing of run.absent)
    lines.push(['', texts.outcomes.absent, keyOf(existing), '', '', '', '', ''])
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(safeCell).join(';')}\r\n`).join('')
}

/**
 * A cell no spreadsheet program runs as a formula: OWASP "CSV Injection" asks for a leading quote
 * before = + - @, tab and carriage return; the full-width signs and a line feed act alike in some.
 */
export function safeCell(value: string | number): string {
  const text = String(value)
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return `"${guarded.replaceAll('"', '""')}"`
}
