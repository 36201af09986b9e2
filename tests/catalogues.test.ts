import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path && existsSync(path))

/** Every key of a catalogue as `namespace:a.b`, plural endings folded into one. */
function keysOf(path: string): string[] {
  const namespace = /([^/]+)\.fr\.json$/.exec(path)![1]
  const walk = (tree: object, prefix: string): string[] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [`${namespace}:${prefix}${key}`.replace(/_(zero|one|two|few|many|other)$/, '')]
        : walk(value, `${prefix}${key}.`),
    )
  return [...new Set(walk(JSON.parse(readFileSync(path, 'utf8')), ''))]
}

/** The namespaces a file speaks in; all of them where it is handed its words. */
function namespacesOf(text: string): string {
  const named = [...text.matchAll(/useTranslation\(\[?([^)\]]*)/g)].flatMap(
    (match) => match[1]!.match(/[\w-]+/g) ?? [],
  )
  return named.length > 0 ? `(?:${named.join('|')})` : '[\\w-]+'
}

/** What stands between quotes, and what is put together: `plan.${id}` may be any `plan.…`. */
function spokenIn(text: string): RegExp[] {
  const namespace = namespacesOf(text)
  const plain = [...text.matchAll(/['"]([\w:.-]+)['"]/g)].map((match) => match[1]!)
  // Looked at from every backtick, since one may stand inside another.
  const templates = [...text.matchAll(/(?=`([\w:.-]*\$\{[^`\n]*)`)/g)].map((match) => match[1]!)
  return [...plain, ...templates].flatMap((spoken) => {
    const parts = spoken.split(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/)
    if (!parts.every((part) => /^[\w:.-]*$/.test(part)) || parts.join('') === '') return []
    const any = /\w/.test(parts.join('')) ? '[\\w.-]+' : '[\\w-]+'
    const key = parts.map((part) => part.replaceAll('.', '\\.')).join(any)
    return [new RegExp(key.includes(':') ? `^${key}$` : `^${namespace}:${key}$`)]
  })
}

it('know one plural: « many » is only said of round millions', () => {
  const many = tracked
    .filter((path) => /\.(fr|en)\.json$/.test(path))
    .filter((path) => /_many"\s*:/.test(readFileSync(path, 'utf8')))
  expect(many).toEqual([])
})

describe.each([
  // The codes of problems are their own keys.
  ['server', /^(server\/src|shared\/problems)\//],
  ['web', /^web\/src\//],
])('the catalogues of the %s', (_, side) => {
  const sources = tracked.filter((path) => side.test(path) && /\.tsx?$/.test(path))
  const keys = tracked
    .filter((path) => side.test(path) && path.endsWith('.fr.json'))
    .flatMap(keysOf)

  it('hold no sentence that nothing says', () => {
    const spoken = sources.flatMap((path) => spokenIn(readFileSync(path, 'utf8')))
    const unsaid = keys.filter((key) => !spoken.some((pattern) => pattern.test(key)))
    expect(unsaid).toEqual([])
  })

  it('hold every sentence that something says', () => {
    const missing = sources.flatMap((path) => {
      const text = readFileSync(path, 'utf8')
      const namespace = namespacesOf(text)
      const known = (key: string) => {
        const whole = new RegExp(key.includes(':') ? `^${key}$` : `^${namespace}:${key}$`)
        return keys.some((one) => whole.test(one))
      }
      const asked = [
        ...text.matchAll(/\bt\('([^']+)'/g),
        ...text.matchAll(/\bsay\([\w.]+, '([^']+)'/g),
      ]
      return asked
        .map((match) => match[1]!)
        .filter((key) => !known(key))
        .map((key) => `${path} ${key}`)
    })
    expect(missing).toEqual([])
  })
})
