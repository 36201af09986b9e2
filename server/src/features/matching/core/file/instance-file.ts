import type { InstanceColumns } from '../columns.ts'
import { highestRank, type Refusal } from '../input.ts'
import { JsonBytes, lineAndColumn, openList, openObject, Unreadable } from './json-bytes.ts'
import { Names } from './names.ts'

/** Read, or why not: one line that begins with the place, by path or by line and column. */
export type FileResult = { ok: true; columns: InstanceColumns } | { ok: false; problem: string }

/**
 * Reads a problem from the bytes of a JSON file, in one pass and without an object per wish:
 *
 *     { "participants": [{ "id": "p1", "wishes": [{ "slot": "s3", "rank": 1 }] }],
 *       "slots": [{ "id": "s1", "capacity": 2, "group": "g1" }],
 *       "groups": [{ "id": "g1", "capacity": 30 }],
 *       "pins": [{ "participant": "p1", "slot": "s3" }], "forbids": [] }
 *
 * `participants` and `slots` must be there, so must everything within an entry but `group`, which
 * may be null. Keys may come in any order; unknown ones are passed over, known ones given twice are
 * a fault. The first fault found is told; references are looked up once everything is read.
 */
export function readInstanceFile(bytes: Uint8Array, seed: string): FileResult {
  const reader = new InstanceReader(bytes)
  try {
    return { ok: true, columns: reader.read(seed) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const place = error.at === undefined ? reader.place() : lineAndColumn(bytes, error.at)
    return { ok: false, problem: `${place || 'the file'}: ${error.message}` }
  }
}

/** Why pins that are all known cannot hold, with their place. */
export function pinProblem({ code, place, participant, slot, group }: Refusal): string {
  const because: Partial<Record<Refusal['code'], string>> = {
    pins_conflict: `${quoted(participant ?? '')} is pinned to another slot already`,
    pin_forbidden: `${quoted(participant ?? '')} is kept out of ${quoted(slot ?? '')} by forbids`,
    pins_exceed_slot: `slot ${quoted(slot ?? '')} has no room for everybody pinned to it`,
    pins_exceed_group: `group ${quoted(group ?? '')} has no room for everybody pinned into it`,
  }
  return `${place}: ${because[code] ?? code}`
}

/** An identifier in a message: quoted, on one line whatever it holds, and not endless. */
export function quoted(id: string): string {
  const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(shown).replace(/[\u007f-\u009f\u2028\u2029]/g, escaped)
}

const keys = new Names()
const keyed = (word: string) => {
  const json = new JsonBytes(new TextEncoder().encode(`"${word}"`))
  json.string()
  return keys.numberOf(json)
}
const participants = keyed('participants')
const slots = keyed('slots')
const groups = keyed('groups')
const pins = keyed('pins')
const forbids = keyed('forbids')
const id = keyed('id')
const wishes = keyed('wishes')
const slot = keyed('slot')
const rank = keyed('rank')
const capacity = keyed('capacity')
const group = keyed('group')
const participant = keyed('participant')
const words = keys.strings()
const slotWord = new TextEncoder().encode('"slot"')
const rankWord = new TextEncoder().encode('"rank"')

/** Which keys an object has, one bit each. */
const setOf = (...some: number[]) => some.reduce((set, one) => set | (1 << one), 0)
const fileKeys = setOf(participants, slots, groups, pins, forbids)
const guestKeys = setOf(id, wishes)
const wishKeys = setOf(slot, rank)
const slotKeys = setOf(id, capacity, group)
const groupKeys = setOf(id, capacity)
const pairKeys = setOf(participant, slot)

/** A wish cannot be written shorter, nor anything else that is listed: it bounds how many there are. */
const bytesPerEntry = 20

/** Entries of one kind: what they are called, and where each was listed. */
class Listed {
  names = new Names()
  /** 1 + position in the list, by name; 0 while only mentioned */
  at: Int32Array
  /** name, by position in the list */
  nameAt: Int32Array
  count = 0

  constructor(most: number) {
    this.at = new Int32Array(most)
    this.nameAt = new Int32Array(most)
  }

  /** Every name that is mentioned anywhere is listed too. */
  isComplete(): boolean {
    return this.names.size === this.count
  }
}

class InstanceReader {
  // The place being read, for messages.
  #list = ''
  #item = -1
  #wish = -1
  #field = ''

  #json: JsonBytes
  #guests: Listed
  #slots: Listed
  #groups: Listed
  // Room for the most there can be: pages nobody writes to take no memory.
  #wishStart: Int32Array
  #wishSlot: Int32Array
  #wishRank: Int32Array
  #wishCount = 0
  #slotCapacity: Float64Array
  /** 1 + name of the group, 0 for none */
  #slotGroup: Int32Array
  #groupCapacity: Float64Array
  #pins: number[] = []
  #forbids: number[] = []

  /** What the entry being read has said so far. */
  #name = 0
  #capacity = 0
  #group = 0
  #other = 0

  constructor(bytes: Uint8Array) {
    this.#json = new JsonBytes(bytes)
    const most = Math.ceil(bytes.length / bytesPerEntry) + 1
    this.#guests = new Listed(most)
    this.#slots = new Listed(most)
    this.#groups = new Listed(most)
    this.#wishStart = new Int32Array(most)
    this.#wishSlot = new Int32Array(most)
    this.#wishRank = new Int32Array(most)
    this.#slotCapacity = new Float64Array(most)
    this.#slotGroup = new Int32Array(most)
    this.#groupCapacity = new Float64Array(most)
  }

  read(seed: string): InstanceColumns {
    this.#fields(fileKeys, setOf(participants, slots), this.#fileField)
    this.#json.end()
    this.#checkReferences()
    const guestNames = this.#guests.names.strings()
    const guestAt = (name: number) => this.#guests.at[name] - 1
    const positions = (pairs: number[]) =>
      Int32Array.from(pairs, (name, i) => (i % 2 === 0 ? guestAt(name) : name))
    const slotCount = this.#slots.count
    return {
      guestIds: Array.from(this.#nameAt(this.#guests), (name) => guestNames[name]),
      slotIds: this.#slots.names.strings(),
      groupIds: this.#groups.names.strings(),
      slotCapacity: this.#slotCapacity.slice(0, slotCount),
      slotGroup: this.#slotGroup.slice(0, slotCount).map((name) => name - 1),
      groupCapacity: this.#groupCapacity.slice(0, this.#groups.count),
      wishStart: this.#wishStart.slice(0, this.#guests.count + 1),
      wishSlot: this.#wishSlot.subarray(0, this.#wishCount),
      wishRank: this.#wishRank.subarray(0, this.#wishCount),
      pins: positions(this.#pins),
      forbids: positions(this.#forbids),
      seed,
    }
  }

  place(): string {
    const item = this.#item < 0 ? this.#list : `${this.#list}[${this.#item}]`
    const wish = this.#wish < 0 ? '' : `wishes[${this.#wish}]`
    return [item, wish, this.#field].filter((part) => part !== '').join('.')
  }

  #nameAt({ nameAt, count }: Listed): Int32Array {
    return nameAt.subarray(0, count)
  }

  /** Reads an object: `take` is called before the value of each key of `known`. */
  #fields(known: number, needed: number, take: (key: number) => void): void {
    const json = this.#json
    let seen = 0
    if (json.enter(openObject)) {
      do {
        json.key()
        const key = keys.find(json)
        if (key < 0 || (known & (1 << key)) === 0) {
          json.skip()
          continue
        }
        this.#field = words[key]
        if ((seen & (1 << key)) !== 0) throw new Unreadable('is given twice')
        seen |= 1 << key
        take(key)
        this.#field = ''
      } while (json.more(openObject))
    }
    const missing = needed & ~seen
    if (missing === 0) return
    this.#field = words[31 - Math.clz32(missing & -missing)]
    throw new Unreadable('is missing')
  }

  #entries(list: number, take: () => void): void {
    this.#field = ''
    this.#list = words[list]
    if (this.#json.enter(openList)) {
      do {
        this.#item++
        take()
      } while (this.#json.more(openList))
    }
    this.#item = -1
    this.#list = ''
  }

  #fileField = (key: number): void => {
    if (key === participants) this.#entries(key, this.#guestEntry)
    else if (key === slots) this.#entries(key, this.#slotEntry)
    else if (key === groups) this.#entries(key, this.#groupEntry)
    else this.#entries(key, key === pins ? this.#pinEntry : this.#forbidEntry)
  }

  #guestEntry = (): void => {
    this.#fields(guestKeys, guestKeys, this.#guestField)
    this.#declare(this.#guests)
    this.#wishStart[this.#guests.count] = this.#wishCount
  }

  #guestField = (key: number): void => {
    if (key === id) this.#readId(this.#guests)
    else if (this.#json.enter(openList)) this.#readWishes()
  }

  /** Nearly all of a large file: what is written plainly takes the short way. */
  #readWishes(): void {
    const json = this.#json
    const { names } = this.#slots
    const first = this.#wishCount
    this.#field = ''
    do {
      this.#wish = this.#wishCount - first
      if (json.peek() === openObject && json.plainPair(slotWord, rankWord)) {
        this.#wishSlot[this.#wishCount] = names.numberOf(json)
        this.#setRank(json.value)
      } else this.#fields(wishKeys, wishKeys, this.#wishField)
      this.#wishCount++
    } while (json.more(openList))
    this.#wish = -1
  }

  #wishField = (key: number): void => {
    if (key === slot) {
      this.#json.string()
      this.#wishSlot[this.#wishCount] = this.#slots.names.numberOf(this.#json)
    } else this.#setRank(this.#json.number())
  }

  #setRank(value: number): void {
    if (!(value >= 1 && value <= highestRank && Number.isInteger(value))) {
      this.#field = words[rank]
      throw new Unreadable(`must be a whole number from 1 to ${highestRank}`)
    }
    this.#wishRank[this.#wishCount] = value
  }

  #slotEntry = (): void => {
    this.#group = 0
    this.#fields(slotKeys, slotKeys & ~setOf(group), this.#slotField)
    this.#declare(this.#slots)
    this.#slotCapacity[this.#name] = this.#capacity
    this.#slotGroup[this.#name] = this.#group
  }

  #slotField = (key: number): void => {
    if (key === id) this.#readId(this.#slots)
    else if (key === capacity) this.#readCapacity()
    else if (!this.#json.isNull()) {
      this.#json.string()
      this.#group = this.#groups.names.numberOf(this.#json) + 1
    }
  }

  #groupEntry = (): void => {
    this.#fields(groupKeys, groupKeys, this.#groupField)
    this.#declare(this.#groups)
    this.#groupCapacity[this.#name] = this.#capacity
  }

  #groupField = (key: number): void => {
    if (key === id) this.#readId(this.#groups)
    else this.#readCapacity()
  }

  #pinEntry = (): void => {
    this.#fields(pairKeys, pairKeys, this.#pairField)
    this.#pins.push(this.#name, this.#other)
  }

  #forbidEntry = (): void => {
    this.#fields(pairKeys, pairKeys, this.#pairField)
    this.#forbids.push(this.#name, this.#other)
  }

  #pairField = (key: number): void => {
    this.#json.string()
    if (key === participant) this.#name = this.#guests.names.numberOf(this.#json)
    else this.#other = this.#slots.names.numberOf(this.#json)
  }

  #readId({ names, at }: Listed): void {
    this.#json.string()
    this.#name = names.numberOf(this.#json)
    const earlier = at[this.#name] - 1
    if (earlier >= 0)
      throw new Unreadable(
        `${quoted(names.string(this.#name))} is already ${this.#list}[${earlier}]`,
      )
  }

  #readCapacity(): void {
    this.#capacity = this.#json.number()
    if (!(this.#capacity >= 0 && Number.isInteger(this.#capacity)))
      throw new Unreadable('must be a whole number, 0 or more')
  }

  /** Notes that the entry just read lists its name. */
  #declare(listed: Listed): void {
    listed.nameAt[listed.count++] = this.#name
    listed.at[this.#name] = listed.count
  }

  #checkReferences(): void {
    const { at: slotAt } = this.#slots
    if (!this.#groups.isComplete())
      for (const [item, name] of this.#nameAt(this.#slots).entries()) {
        const to = this.#slotGroup[name] - 1
        if (to >= 0 && this.#groups.at[to] === 0)
          this.#unknown(slots, item, group, this.#groups, to)
      }
    if (!this.#slots.isComplete())
      for (let item = 0; item < this.#guests.count; item++) {
        const start = this.#wishStart[item]
        for (let w = start; w < this.#wishStart[item + 1]; w++) {
          if (slotAt[this.#wishSlot[w]] > 0) continue
          this.#wish = w - start
          this.#unknown(participants, item, slot, this.#slots, this.#wishSlot[w])
        }
      }
    this.#checkPairs(pins, this.#pins)
    this.#checkPairs(forbids, this.#forbids)
  }

  #checkPairs(list: number, pairs: number[]): void {
    for (let i = 0; i < pairs.length; i += 2) {
      const [guest, place] = [pairs[i], pairs[i + 1]]
      if (this.#guests.at[guest] === 0) this.#unknown(list, i / 2, participant, this.#guests, guest)
      if (this.#slots.at[place] === 0) this.#unknown(list, i / 2, slot, this.#slots, place)
    }
  }

  #unknown(list: number, item: number, field: number, { names }: Listed, name: number): never {
    this.#list = words[list]
    this.#item = item
    this.#field = words[field]
    throw new Unreadable(`there is no ${words[field]} ${quoted(names.string(name))}`)
  }
}
