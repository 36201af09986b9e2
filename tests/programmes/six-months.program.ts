import { sendProgrammes } from '#server/features/programmes/programmes.sending.ts'
import { openDatabase } from '#server/platform/postgres/database.ts'

/** One process that sends what is due at an instant, to be killed at any point of it. */
const [url, instant] = process.argv.slice(2) as [string, string]
const { db, close } = openDatabase(url, () => {})
process.stdout.write('sending\n')
await sendProgrammes(db, new Date(instant), 'coeur.example')
process.stdout.write('sent\n')
await close()
