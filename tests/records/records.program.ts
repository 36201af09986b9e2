import { sendRecords } from '#server/features/records/records.service.ts'
import { openRecordStore } from '#server/features/records/records.store.ts'
import { openDatabase } from '#server/platform/postgres/database.ts'

/** One process that hands over what is due, to be killed at any point of it. */
const [url, xapiUrl, home, instant] = process.argv.slice(2) as [string, string, string, string]
const { db, close } = openDatabase(url, () => {})
await sendRecords(db, openRecordStore(xapiUrl, undefined), home, new Date(instant))
await close()
