import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestMailbox } from './imap-server.ts'

/** Where the machine’s packages put it; the tests run against our own server everywhere. */
const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path))

/** Whether this machine has a dovecot that a test may start: as root, which it gives up itself. */
export const hasDovecot = program !== undefined && process.getuid?.() === 0

const letters: Record<string, string> = { S: '\\Seen', F: '\\Flagged' }

/** A real dovecot on a port of its own, with one Maildir that a test fills. */
export async function startDovecot(): Promise<TestMailbox> {
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-dovecot-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const mail = join(folder, 'mail')
  for (const part of ['new', 'cur', 'tmp']) await mkdir(join(mail, part), { recursive: true })
  execFileSync('chown', ['-R', 'mail:mail', mail])
  const config = join(folder, 'dovecot.conf')
  await writeFile(
    config,
    [
      `base_dir = ${join(folder, 'run')}`,
      `state_dir = ${join(folder, 'state')}`,
      `log_path = ${join(folder, 'log')}`,
      'protocols = imap',
      'ssl = no',
      'disable_plaintext_auth = no',
      'listen = 127.0.0.1',
      'service imap-login {',
      '  inet_listener imap {',
      `    port = ${port}`,
      '  }',
      '  inet_listener imaps {',
      '    port = 0',
      '  }',
      '}',
      'passdb {',
      '  driver = static',
      '  args = password=open',
      '}',
      'userdb {',
      '  driver = static',
      `  args = uid=mail gid=mail home=${folder}`,
      '}',
      `mail_location = maildir:${mail}`,
      'first_valid_uid = 1',
      'mail_fsync = never',
      '',
    ].join('\n'),
  )
  const child = spawn(program ?? '', ['-F', '-c', config], { stdio: 'ignore' })
  await untilOpen(port)

  const dropConnections = async () => {
    // Complains when nobody is there to be thrown out.
    spawnSync('doveadm', ['-c', config, 'kick', 'answers'])
  }
  let delivered = 0
  return {
    url: `imap://answers:open@127.0.0.1:${port}/INBOX`,
    async deliver(raw, receivedAt = new Date()) {
      delivered += 1
      const name = `${delivered}.test`
      const draft = join(mail, 'tmp', name)
      await writeFile(draft, raw)
      // A Maildir keeps INTERNALDATE as the file’s own.
      await utimes(draft, receivedAt, receivedAt)
      execFileSync('chown', ['mail:mail', draft])
      await rename(draft, join(mail, 'new', name))
      return delivered
    },
    async flagsOf(uid) {
      const file = (await readdir(join(mail, 'cur'))).find((name) => name.startsWith(`${uid}.test`))
      const said = /:2,(\w*)$/.exec(file ?? '')?.[1] ?? ''
      return [...said].flatMap((letter) => letters[letter] ?? []).sort()
    },
    async renumber() {
      for (const name of await readdir(mail)) {
        if (name.startsWith('dovecot.index')) await rm(join(mail, name))
      }
      // The list of UIDs, as a restored backup would have it: another UIDVALIDITY, no mail known.
      const list = join(mail, 'dovecot-uidlist')
      const [header = ''] = (await readFile(list, 'utf8')).split('\n')
      const renewed = header.replace(/ V(\d+) N\d+/, (_, number) => ` V${Number(number) + 1} N100`)
      await writeFile(`${list}.renewed`, `${renewed}\n`)
      execFileSync('chown', ['mail:mail', `${list}.renewed`])
      await rename(`${list}.renewed`, list)
      await dropConnections()
    },
    dropConnections,
    async stop() {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        done(true)
      })
      socket.once('error', () => done(false))
    })
    if (open) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('dovecot does not open its port')
}
