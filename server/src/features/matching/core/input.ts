export interface Wish {
  slot: string
  /** 1 is the first wish; several slots may share a rank */
  rank: number
}

/** A problem in identifiers: who may be given what at which rank, within which capacities. */
export interface InstanceInput {
  participants: readonly { id: string; wishes: readonly Wish[] }[]
  slots: readonly { id: string; capacity: number; group?: string | null }[]
  groups?: readonly { id: string; capacity: number }[]
  pins?: readonly { participant: string; slot: string }[]
  forbids?: readonly { participant: string; slot: string }[]
  /** decides ties; the same seed gives the same plan */
  seed: string
}

/** rank² stays exact in an Int32 and sums of it in a double. */
export const highestRank = 1000

export type RefusalCode =
  | 'participant_repeated'
  | 'slot_repeated'
  | 'group_repeated'
  | 'participant_unknown'
  | 'slot_unknown'
  | 'group_unknown'
  | 'capacity_invalid'
  | 'rank_invalid'
  | 'pins_conflict'
  | 'pin_forbidden'
  | 'pins_exceed_slot'
  | 'pins_exceed_group'

/** Why an input is no problem to solve, and where: `place` reads like `participants[3].wishes[0]`. */
export interface Refusal {
  code: RefusalCode
  place: string
  participant?: string
  slot?: string
  group?: string
  /** everybody pinned into what is too small, in input order */
  participants?: string[]
}

/** Thrown where an input contradicts itself; `buildInstance` returns it. */
export class Inconsistent extends Error {
  refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** @param place reads like `participants[3].wishes[0]`. */
export function refuse(
  code: RefusalCode,
  place: string,
  named: Omit<Refusal, 'code' | 'place'>,
): never {
  throw new Inconsistent({ code, place, ...named })
}
