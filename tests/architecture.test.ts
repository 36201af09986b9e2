import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/** A feature may import only those before it, and only through their service or their pure rules. */
const order = [
  'accounts',
  'roster',
  'days',
  'slots',
  'signup',
  'matching',
  'waiting',
  'confirmations',
  'handovers',
  'invitations',
  'kits',
  'attendance',
  'observations',
  'thanks',
  'findings',
  'debrief',
  'actions',
  'reports',
  'reminders',
  'records',
  'workshops',
  'programmes',
  'answers',
]

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path && existsSync(path))
const sources = tracked.filter((path) => /\.tsx?$/.test(path))

/** Every import of a file, as paths from the root; packages are left out. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!)
  return specifiers.flatMap((specifier) => {
    if (specifier.startsWith('#server/')) return [specifier.replace('#server/', 'server/src/')]
    if (specifier.startsWith('#')) return [specifier.slice(1)]
    if (specifier.startsWith('.')) return [normalize(join(dirname(path), specifier))]
    return []
  })
}

const featureOf = (path: string) => /^(?:server|web)\/src\/features\/([^/]+)\//.exec(path)?.[1]

describe('the direction of imports', () => {
  it('lets a feature of the server use only earlier features, through their service or rules', () => {
    const wrong = sources.flatMap((path) => {
      const feature = path.startsWith('server/') ? featureOf(path) : undefined
      if (!feature) return []
      return importsOf(path)
        .filter((target) => {
          const other = featureOf(target)
          if (!other || other === feature) return false
          const earlier = order.indexOf(other) < order.indexOf(feature)
          const doors = [`/${other}.service.ts`, `/${other}.rules.ts`]
          return !earlier || !doors.some((door) => target.endsWith(door))
        })
        .map((target) => `${path} → ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('keeps rules pure: of what reads a database they know types alone', () => {
    const wrong = sources
      .filter((path) => path.endsWith('.rules.ts'))
      .filter((path) =>
        /^import (?!type)[^']*'[^']+\.(service|queries)\.ts'/m.test(readFileSync(path, 'utf8')),
      )
    expect(wrong).toEqual([])
  })

  it('keeps the platform free of features', () => {
    const wrong = sources
      .filter((path) => path.startsWith('server/src/platform/'))
      .flatMap((path) =>
        importsOf(path)
          .filter((target) => featureOf(target) || target.includes('/use-cases/'))
          .map((target) => `${path} → ${target}`),
      )
    expect(wrong).toEqual([])
  })

  it('keeps features below the use cases that join them', () => {
    const wrong = sources
      .filter((path) => path.startsWith('server/src/features/'))
      .filter((path) => importsOf(path).some((target) => target.includes('/use-cases/')))
    expect(wrong).toEqual([])
  })

  it('keeps the matching core to itself', () => {
    const core = 'server/src/features/matching/core/'
    const wrong = sources
      .filter((path) => path.startsWith(core))
      .filter(
        (path) =>
          /from '(?!\.)/.test(readFileSync(path, 'utf8')) ||
          importsOf(path).some((target) => !target.startsWith(core)),
      )
    expect(wrong).toEqual([])
  })

  it('keeps shared to contracts and vocabularies, and the ui free of features', () => {
    const wrong = sources.flatMap((path) => {
      const allowed = path.startsWith('shared/')
        ? /^shared\//
        : path.startsWith('web/src/ui/')
          ? /^web\/src\/ui\//
          : undefined
      if (!allowed) return []
      return importsOf(path)
        .filter((target) => !allowed.test(target))
        .map((target) => `${path} → ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('keeps the server out of the web app and the web app out of the server', () => {
    const wrong = sources.filter((path) => {
      const other = path.startsWith('web/') ? 'server/' : path.startsWith('server/') ? 'web/' : '-'
      return importsOf(path).some((target) => target.startsWith(other))
    })
    expect(wrong).toEqual([])
  })
})

describe('the words', () => {
  it('names every file of a feature after the feature', () => {
    const wrong = tracked.filter((path) => {
      const match = /^server\/src\/features\/([^/]+)\/([^/]+)$/.exec(path)
      return match && !match[2]!.startsWith(`${match[1]}.`)
    })
    expect(wrong).toEqual([])
    const features = new Set(tracked.flatMap((path) => featureOf(path) ?? []))
    const known = [...order, 'mailbox']
    expect([...features].filter((feature) => !known.includes(feature))).toEqual([])
  })

  it('has no junk drawers', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.tsx?$)|\/index\.tsx?$/
    expect(sources.filter((path) => drawers.test(path))).toEqual([])
  })

  it('says everything in French and in English, with the same keys and values', () => {
    const catalogues = tracked.filter((path) => path.endsWith('.fr.json'))
    expect(catalogues.length).toBeGreaterThan(3)
    for (const path of catalogues) {
      const french = flatten(JSON.parse(readFileSync(path, 'utf8')))
      const english = flatten(JSON.parse(readFileSync(path.replace('.fr.', '.en.'), 'utf8')))
      expect(Object.keys(english).sort(), path).toEqual(Object.keys(french).sort())
      for (const [key, sentence] of Object.entries(french)) {
        expect(valuesIn(english[key]!), `${path}: ${key}`).toEqual(valuesIn(sentence))
      }
    }
  })

  it('writes French as French is printed', () => {
    const wrong = tracked
      .filter((path) => path.endsWith('.fr.json'))
      .flatMap((path) =>
        Object.entries(flatten(JSON.parse(readFileSync(path, 'utf8'))))
          // A plain space before high punctuation breaks lines; a straight apostrophe looks typed.
          .filter(([, sentence]) => /[^\s:] [;:!?»]|« |[a-zà-ÿ]'[a-zà-ÿ]|coeur/i.test(sentence))
          .map(([key, sentence]) => `${path} ${key}: ${sentence}`),
      )
    expect(wrong).toEqual([])
  })
})

describe('time and configuration', () => {
  it('are arguments: nothing in a feature reads the clock, chance or the environment', () => {
    const wrong = sources
      .filter((path) => path.startsWith('server/src/features/'))
      .filter((path) =>
        /\bDate\.now\(\)|new Date\(\)|Math\.random\(\)|process\.env/.test(
          readFileSync(path, 'utf8'),
        ),
      )
    expect(wrong).toEqual([])
  })
})

function flatten(tree: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : Object.entries(flatten(value as object, `${prefix}${key}.`)),
    ),
  )
}

const valuesIn = (sentence: string) =>
  [...sentence.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort()
