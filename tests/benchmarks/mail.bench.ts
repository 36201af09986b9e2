import { replies } from './mail.replies.ts'
import { sending } from './mail.sending.ts'

/** `npm run bench:mail`, or one part of it: `npm run bench:mail -- sending`. */
const parts: Record<string, () => Promise<void>> = { sending, replies }
const wanted = process.argv.slice(2)
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await run()
}
