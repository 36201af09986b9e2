import { parseArgs } from 'node:util'
import { emailSchema } from '#shared/accounts/accounts.contract.ts'
import { grant } from './features/accounts/accounts.service.ts'
import { systemClock } from './platform/clock.ts'
import { readConfig } from './platform/config.ts'
import { inTransaction, openDatabase } from './platform/postgres/database.ts'
import { migrate } from './platform/postgres/migrate.ts'
import { isRefusal } from './platform/refusal.ts'

// `npm run admin -- address name`: makes the first administrator of a real installation, who then
// asks for a sign-in link like everybody else.
const { positionals } = parseArgs({ allowPositionals: true })
const [address, ...words] = positionals
const email = emailSchema.safeParse(address)
const read = readConfig(process.env)
if (!email.success) fail('Usage: npm run admin -- address@company.example "First Last"')
if ('problems' in read) fail(read.problems.join('\n'))
const { databaseUrl, publicUrl } = read.config
if (databaseUrl === undefined)
  fail('DATABASE_URL is not set: the demo makes its own administrator.')

const database = openDatabase(databaseUrl, () => {})
try {
  await migrate(database.db, database.pool)
  const given = {
    kind: 'administrator' as const,
    email: email.data,
    displayName: words.join(' ') || email.data,
    regionId: null,
    siteId: null,
  }
  const outcome = await inTransaction(database.db, (trx) =>
    grant(trx, given, null, 'fr', systemClock.now()),
  )
  const already = isRefusal(outcome)
  process.stdout.write(
    `${email.data} ${already ? 'already was' : 'is now'} an administrator. ` +
      `Sign in at ${publicUrl}/connexion\n`,
  )
} finally {
  await database.close()
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}
