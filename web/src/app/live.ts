import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RouteCall, RouteContract } from '#shared/contract.ts'
import { addressOf } from './api.ts'

/** How the page hears of changes: at once, or by looking again from time to time. */
export type Hearing = 'live' | 'polling'

type EventRoute = RouteContract & { response: 'events' }

/** Two of the server’s heartbeats (20 s each) and a half: silence longer than this is a lost stream. */
const longestSilence = 50_000
const pollEvery = 10_000
/** Between two attempts to be told again, where the server refused the stream itself. */
const comeAgain = 60_000

/**
 * Keeps queries fresh while somebody looks: whenever the stream says that something changed, what
 * begins with these keys is read again by its ordinary route.
 * `const hearing = useLive(routes.live, { params: { dayId } }, [['api', 'days', dayId, 'wall']])`
 * Where streams do not get through, the page looks by itself every ten seconds; a hidden page does
 * neither, and looks at once when it is shown.
 */
export function useLive<const C extends EventRoute>(
  contract: C,
  input: RouteCall<C>,
  refresh: string[][],
): Hearing {
  const client = useQueryClient()
  const [hearing, setHearing] = useState<Hearing>('live')
  const address = addressOf(contract, input)
  const keys = JSON.stringify(refresh)
  useEffect(() => {
    const reread = () =>
      Promise.all(
        (JSON.parse(keys) as string[][]).map((queryKey) => client.invalidateQueries({ queryKey })),
      )
    return follow(address, oneAtATime(reread), setHearing)
  }, [client, address, keys])
  return hearing
}

/** Runs again after the run under way where it was asked for meanwhile, however often. */
function oneAtATime(run: () => Promise<unknown>): () => void {
  let running = false
  let again = false
  return async function go(): Promise<void> {
    again = running
    if (running) return
    running = true
    await run().catch(() => {})
    running = false
    if (again) await go()
  }
}

/**
 * Follows a stream while the page is visible.
 * @returns how to stop.
 */
function follow(
  address: string,
  reread: () => void,
  tellHearing: (hearing: Hearing) => void,
): () => void {
  let source: EventSource | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let polling: ReturnType<typeof setInterval> | undefined
  let retrying: ReturnType<typeof setTimeout> | undefined

  function poll(yes: boolean) {
    if (yes === (polling !== undefined)) return
    clearInterval(polling)
    polling = yes ? setInterval(reread, pollEvery) : undefined
    tellHearing(yes ? 'polling' : 'live')
  }

  function heard() {
    poll(false)
    clearTimeout(silence)
    silence = setTimeout(open, longestSilence)
  }

  function close() {
    source?.close()
    source = undefined
    clearTimeout(silence)
    clearTimeout(retrying)
  }

  function open() {
    close()
    source = new EventSource(address)
    // What changed before the stream was there went unheard.
    source.onopen = () => {
      heard()
      reread()
    }
    source.addEventListener('alive', heard)
    source.addEventListener('changed', () => {
      heard()
      reread()
    })
    source.onerror = () => {
      poll(true)
      // A broken stream is opened again by the browser; a refused one never.
      if (source?.readyState === EventSource.CLOSED) retrying = setTimeout(open, comeAgain)
    }
  }

  function look() {
    if (document.visibilityState === 'visible') open()
    else {
      close()
      poll(false)
    }
  }

  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    close()
    clearInterval(polling)
  }
}
