import { grown, type JsonBytes } from './json-bytes.ts'

/** What `JsonBytes` left of a string it read. */
type Read = Pick<JsonBytes, 'text' | 'from' | 'to' | 'hash'>

/** Identifiers numbered 0, 1, 2… by first appearance, compared as bytes, made strings at the end. */
export class Names {
  size = 0
  /** open addressing, half full at most: hash and 1 + name beside each other, 0 where free */
  #table = new Int32Array(2048)
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(8192)
  /** name k is bytes[starts[k] … starts[k + 1]) */
  #starts = new Int32Array(513)

  /** The number of a string, or -1 for one not seen before. */
  find(read: Read): number {
    return this.#table[this.#placeOf(read) + 1] - 1
  }

  /** The number of a string, a new one for a string not seen before. */
  numberOf(read: Read): number {
    const place = this.#placeOf(read)
    const name = this.#table[place + 1]
    return name > 0 ? name - 1 : this.#append(read, place)
  }

  /** Every name as a string, by number. */
  strings(): string[] {
    const used = this.#bytes.subarray(0, this.#starts[this.size])
    const strings: string[] = []
    // One decoding for all where a byte is a character; 100,000 small ones take long.
    if (used.every((byte) => byte < 0x80)) {
      const all = new TextDecoder().decode(used)
      for (let k = 0; k < this.size; k++)
        strings.push(all.slice(this.#starts[k], this.#starts[k + 1]))
    } else {
      for (let k = 0; k < this.size; k++) strings.push(this.string(k))
    }
    return strings
  }

  string(name: number): string {
    const bytes = this.#bytes.subarray(this.#starts[name], this.#starts[name + 1])
    try {
      // A leading U+FEFF belongs to the name.
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      return fromWtf8(bytes)
    }
  }

  /** Where in the table a string stands, or would. */
  #placeOf({ text, from, to, hash }: Read): number {
    const table = this.#table
    let place = firstPlace(hash, table)
    while (table[place + 1] > 0) {
      if (table[place] === hash && this.#isSame(table[place + 1] - 1, text, from, to)) break
      place = (place + 2) & (table.length - 1)
    }
    return place
  }

  #isSame(name: number, text: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[name]
    if (this.#starts[name + 1] - start !== to - from) return false
    const bytes = this.#bytes
    for (let i = from, k = start; i < to; i++, k++) if (text[i] !== bytes[k]) return false
    return true
  }

  #append({ text, from, to, hash }: Read, place: number): number {
    const start = this.#starts[this.size]
    while (this.#bytes.length < start + to - from) this.#bytes = grown(this.#bytes)
    // A loop: a view for every short name would cost more than its bytes.
    for (let i = from, k = start; i < to; i++, k++) this.#bytes[k] = text[i]
    this.#table[place] = hash
    this.#table[place + 1] = ++this.size
    this.#starts[this.size] = start + to - from
    if (4 * this.size === this.#table.length) this.#widen()
    return this.size - 1
  }

  #widen(): void {
    const starts = new Int32Array(2 * this.size + 1)
    starts.set(this.#starts)
    this.#starts = starts
    const table = new Int32Array(2 * this.#table.length)
    for (let old = 0; old < this.#table.length; old += 2) {
      if (this.#table[old + 1] === 0) continue
      let place = firstPlace(this.#table[old], table)
      while (table[place + 1] > 0) place = (place + 2) & (table.length - 1)
      table[place] = this.#table[old]
      table[place + 1] = this.#table[old + 1]
    }
    this.#table = table
  }
}

function firstPlace(hash: number, table: Int32Array): number {
  return ((hash ^ (hash >>> 15)) << 1) & (table.length - 1)
}

/** UTF-8 that may hold halves of surrogate pairs. */
function fromWtf8(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++]
    const tails = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let code = tails === 0 ? lead : lead & (0x3f >> tails)
    for (let i = 0; i < tails; i++) code = (code << 6) | (bytes[at++] & 0x3f)
    text += String.fromCodePoint(code)
  }
  return text
}
