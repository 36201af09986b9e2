/** A stream of server-sent events being read (WHATWG HTML §9.2), as far as our server writes them. */
export interface Followed {
  status: number
  headers: Headers
  /** The next event of this kind; waits for it. Rejects when the stream ends before. */
  next(event?: string): Promise<{ event: string; data: string }>
  /** Resolves when the server ends the stream. */
  ended: Promise<void>
  close(): void
}

/** Opens a stream and reads it until it is closed. */
export async function followEvents(url: string, cookie?: string): Promise<Followed> {
  const stopping = new AbortController()
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...(cookie ? { cookie } : {}) },
    signal: stopping.signal,
  })
  const heard: { event: string; data: string }[] = []
  let news = Promise.withResolvers<void>()
  let over = false
  async function read() {
    let waiting = ''
    const decoder = new TextDecoder()
    try {
      for await (const bytes of response.body ?? []) {
        waiting += decoder.decode(bytes, { stream: true })
        const blocks = waiting.split('\n\n')
        waiting = blocks.pop() ?? ''
        heard.push(...blocks.flatMap(eventOf))
        news.resolve()
        news = Promise.withResolvers()
      }
    } catch {
      // Closed by us, or by a server that was cut off: over, either way.
    }
    over = true
    news.resolve()
  }
  const ended = read()
  return {
    status: response.status,
    headers: response.headers,
    ended,
    close: () => stopping.abort(),
    async next(event = 'changed') {
      for (;;) {
        const found = heard.findIndex((one) => one.event === event)
        if (found >= 0) return heard.splice(found, 1)[0]!
        if (over) throw new Error('the stream ended')
        await news.promise
      }
    },
  }
}

function eventOf(block: string): { event: string; data: string }[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? []
      return [name, value] as const
    }),
  )
  const event = fields.get('event')
  return event === undefined ? [] : [{ event, data: fields.get('data') ?? '' }]
}
