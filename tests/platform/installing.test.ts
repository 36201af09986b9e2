import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfig } from '#server/platform/config.ts'

// What an installer follows: the README, the image, the composition. Read as text, since no YAML
// parser is a dependency of ours.
const read = (path: string) => readFileSync(path, 'utf8')
const all = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((m) => m[1]!)

const compose = read('docker-compose.yml')
const known = all(/^ {2}([A-Z_]+): optional/gm, read('server/src/platform/config.ts'))

describe('what an installer follows', () => {
  it('names every variable the server reads, and no other', () => {
    const rows = read('README.md').match(/^\| `.*$/gm) ?? []
    const told = rows.flatMap((row) => all(/`([A-Z_]+)`/g, row.split('|')[1]!))
    expect(told.sort()).toEqual([...known].sort())
  })

  it('composes servers that start once the two secrets are given', () => {
    const block = compose.slice(compose.indexOf('x-server:'), compose.indexOf('\nservices:'))
    const given: Record<string, string> = {
      POSTGRES_PASSWORD: 'a-password',
      SESSION_SECRET: 'x'.repeat(44),
    }
    const environment = Object.fromEntries(
      [...block.matchAll(/^ {4}([A-Z_]+): (.+)$/gm)].map(([, name, value]) => [
        name!,
        value!.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, key, fallback) => {
          return given[key] ?? fallback ?? ''
        }),
      ]),
    )
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([])
    const { config } = readConfig(environment) as { config: { host: string; demo: boolean } }
    expect(config).toMatchObject({ host: '0.0.0.0', demo: false })
    const services = all(/^ {2}([\w-]+):/gm, compose.slice(compose.indexOf('\nservices:')))
    const reached = [
      ...all(/(?:@|\/\/)(\w+):\d/g, Object.values(environment).join(' ')),
      ...all(/^\s*server ([\w-]+):/gm, read('server/proxy/nginx.conf')),
    ].filter((host) => host !== 'localhost')
    expect(reached).toEqual(['database', 'mail', 'server-1', 'server-2'])
    expect(services).toEqual(expect.arrayContaining(reached))
  })

  it('asks one port and names files that are there', () => {
    const image = read('server/Dockerfile')
    const config = readConfig({}) as { config: { port: number } }
    const ports = [
      ...all(/EXPOSE (\d+)/g, image),
      ...all(/127\.0\.0\.1:(\d+)\/healthz/g, image),
      ...all(/^\s*server server-\d+:(\d+)/gm, read('server/proxy/nginx.conf')),
    ]
    expect(new Set(ports)).toEqual(new Set([String(config.config.port)]))
    const files = [
      ...all(/dockerfile: (\S+)/g, compose),
      ...all(/- \.\/([^:\s]+):/g, compose),
      ...all(/CMD \["node", "(server[^"]+)"\]/g, image),
      ...all(/\]\((?!http)([^)]+)\)/g, read('README.md')),
      ...Object.values(JSON.parse(read('package.json')).scripts as Record<string, string>).flatMap(
        (command) => all(/^node (\S+)/g, command),
      ),
    ]
    expect(files.length).toBeGreaterThan(6)
    expect(files.filter((path) => !existsSync(path))).toEqual([])
  })
})
