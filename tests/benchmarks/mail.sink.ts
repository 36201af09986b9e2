import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

// A mail server that takes everything and keeps nothing, in a process of its own: what it costs is
// nobody's who sends.
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  authOptional: true,
  onData(stream, _session, done) {
    stream.on('end', () => done())
    stream.resume()
  },
})
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.server.address() as AddressInfo).port)
})
process.once('disconnect', () => process.exit(0))
