import { randomUUID } from 'node:crypto'
import type { Finding } from '#shared/findings/findings.contract.ts'
import { findingsRoutes as routes } from '#shared/findings/findings.contract.ts'
import {
  type ObservationInput,
  observationsRoutes,
} from '#shared/observations/observations.contract.ts'
import { type LivedDay, seen } from '../observations/observations.factory.ts'

/** Observations of a guest under their name, in this order; their ids. */
export async function observed(
  lived: LivedDay,
  ...all: Partial<ObservationInput>[]
): Promise<string[]> {
  const ids: string[] = []
  for (const changes of all) {
    const observationId = randomUUID()
    await lived.callers.guests[0]!.ask(observationsRoutes.putObservation, {
      params: { dayId: lived.day.id, observationId },
      body: seen(lived, { idea: '', ...changes }),
    })
    ids.push(observationId)
  }
  return ids
}

/** What a director says when they gather observations. */
export const wording = (lived: LivedDay, observationIds: string[], title = 'Tout répéter') => ({
  title,
  irritantId: lived.observing.irritants[0]!.id,
  observationIds,
})

/** A finding of these observations. */
export function grouped(
  lived: LivedDay,
  observationIds: string[],
  title?: string,
): Promise<Finding> {
  return lived.callers.director.ask(routes.group, {
    params: { dayId: lived.day.id },
    body: wording(lived, observationIds, title),
  })
}
