import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Live, Topic } from './live.ts'

/** Shorter than what proxies allow an idle connection; the browser counts on it (app/live.ts). */
export const heartbeatMilliseconds = 20_000
/** After an hour the browser comes again, and is asked again who it is. */
const mostHeartbeats = 180

/**
 * Answers with server-sent events (WHATWG HTML §9.2): `changed` with the topic, and `alive` from
 * time to time. Whoever does not read is told once when they do, however much changed, and let go
 * if they still do not by the next heartbeat: nothing piles up.
 * @returns false where this process follows for as many as it can bear.
 */
export function openStream(live: Live, topics: readonly Topic[], reply: FastifyReply): boolean {
  const { raw } = reply
  const untold = new Set<string>()
  const tell = () => {
    if (raw.writableNeedDrain) return
    const events = [...untold].map((topic) => `event: changed\ndata: ${topic}\n\n`)
    untold.clear()
    if (events.length > 0) raw.write(events.join(''))
  }
  const unfollow = live.follow(topics, {
    changed(topic) {
      untold.add(topic)
      tell()
    },
    ended: () => void raw.end(),
  })
  if (!unfollow) return false

  // Written past the framework: its compression would hold events back to fill a block.
  reply.hijack()
  reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx would gather what we send.
    'x-accel-buffering': 'no',
  })
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
  // Spread out, so that a restarted server does not meet everybody in the same instant.
  raw.write(`retry: ${Math.round(1_000 + Math.random() * 2_000)}\n\n`)
  let beats = 0
  const heartbeat = setInterval(() => {
    beats += 1
    if (raw.writableNeedDrain) raw.destroy()
    else if (beats > mostHeartbeats) raw.end()
    else raw.write('event: alive\ndata:\n\n')
  }, heartbeatMilliseconds)
  raw.on('drain', tell)
  raw.on('close', () => {
    clearInterval(heartbeat)
    unfollow()
  })
  return true
}
