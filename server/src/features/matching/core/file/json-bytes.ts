/** What the bytes hold is not JSON, or not the kind of value asked for. */
export class Unreadable extends Error {
  /** offset of the byte where JSON ends, or undefined for sound JSON that says something wrong */
  at: number | undefined
  constructor(problem: string, at?: number) {
    super(problem)
    this.at = at
  }
}

/** FNV-1a’s offset basis, signed as what `Math.imul` gives. */
const hashOfNothing = 0x811c9dc5 | 0

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const minus = 0x2d
const zero = 0x30
const nine = 0x39

export const openList = 0x5b
export const openObject = 0x7b
/** In ASCII a bracket closes two places after it opens. */
const closing = (open: number) => open + 2

/**
 * A strict reader of JSON (RFC 8259) over bytes that makes no objects: whoever knows the shape asks
 * for one value after the other. Strings stay bytes, `text[from … to)`, escapes resolved, in UTF-8;
 * half a surrogate pair, which JSON can escape and UTF-8 cannot write, takes the three bytes of
 * WTF-8, so that equal strings are equal bytes. Every fault is thrown as `Unreadable`.
 */
export class JsonBytes {
  at: number
  text: Uint8Array
  from = 0
  to = 0
  /** FNV-1a of the string, 32 bits */
  hash = 0
  /** the number of a plain pair */
  value = 0
  #bytes: Uint8Array
  #scratch = new Uint8Array(64)

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.text = bytes
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    this.at = marked ? 3 : 0
  }

  /** The next byte that is no white space, or -1 at the end. */
  peek(): number {
    this.at = afterSpace(this.#bytes, this.at)
    return this.at < this.#bytes.length ? this.#bytes[this.at] : -1
  }

  /**
   * Enters a list or an object; false if it is empty. One with items is walked by
   * `do … while (json.more(bracket))`.
   */
  enter(open: number): boolean {
    if (this.peek() !== open) this.#wrongKind(open === openList ? 'a list' : 'an object')
    this.at++
    if (this.peek() !== closing(open)) return true
    this.at++
    return false
  }

  /** After an item: whether another follows; otherwise what was entered is left. */
  more(open: number): boolean {
    const byte = this.peek()
    if (byte !== comma && byte !== closing(open))
      this.#stop(`expected "," or "${String.fromCharCode(closing(open))}"`)
    this.at++
    return byte === comma
  }

  key(): void {
    if (this.peek() !== quote) this.#stop('expected a key in double quotes')
    this.#string()
    if (this.peek() !== colon) this.#stop('expected ":"')
    this.at++
  }

  /**
   * Reads `{ textKey: "…", numberKey: 1 }`, keys in either order, if it is written plainly: no
   * escape, nothing but ASCII, at most nine digits, nothing else inside. Otherwise nothing is read,
   * the answer is false, and the same is to be read the long way. Both keys come with their quotes.
   */
  plainPair(textKey: Uint8Array, numberKey: Uint8Array): boolean {
    const bytes = this.#bytes
    let at = this.at
    if (bytes[at] !== openObject) return false
    let from = -1
    let to = -1
    let hash = hashOfNothing
    let value = -1
    for (let half = 0; half < 2; half++) {
      at = afterSpace(bytes, at + 1)
      const isText = startsWith(bytes, at, textKey)
      if (!isText && !startsWith(bytes, at, numberKey)) return false
      at = afterSpace(bytes, at + (isText ? textKey : numberKey).length)
      if (bytes[at] !== colon) return false
      at = afterSpace(bytes, at + 1)
      if (isText) {
        if (from >= 0 || bytes[at] !== quote) return false
        from = ++at
        for (let byte = bytes[at]; byte !== quote; byte = bytes[++at]) {
          if (!(byte >= 0x20 && byte < 0x80) || byte === backslash) return false
          hash = Math.imul(hash ^ byte, 0x01000193)
        }
        to = at++
      } else {
        if (value >= 0) return false
        const start = at
        let digit = bytes[at] - zero
        for (value = 0; digit >= 0 && digit <= 9; digit = bytes[at] - zero) {
          value = value * 10 + digit
          if (++at - start > 9) return false
        }
        if (at === start || (at - start > 1 && bytes[start] === zero)) return false
      }
      at = afterSpace(bytes, at)
      if (bytes[at] !== (half === 0 ? comma : closing(openObject))) return false
    }
    this.text = bytes
    this.from = from
    this.to = to
    this.hash = hash
    this.value = value
    this.at = at + 1
    return true
  }

  string(): void {
    if (this.peek() !== quote) this.#wrongKind('a text in double quotes')
    this.#string()
  }

  /** A number as JavaScript reads it: the nearest double, beyond all doubles infinite. */
  number(): number {
    const first = this.peek()
    if (first !== minus && !(first >= zero && first <= nine)) this.#wrongKind('a number')
    const bytes = this.#bytes
    const from = this.at
    let at = from
    let value = 0
    while (bytes[at] >= zero && bytes[at] <= nine) value = value * 10 + bytes[at++] - zero
    const digits = at - from
    const plain = digits > 0 && digits < 16 && (digits === 1 || first !== zero)
    if (plain && bytes[at] !== 0x2e && bytes[at] !== 0x65 && bytes[at] !== 0x45) {
      this.at = at
      return value
    }
    this.#number()
    return Number(new TextDecoder().decode(bytes.subarray(from, this.at)))
  }

  /** Whether the next value is `null`, which is then passed. */
  isNull(): boolean {
    if (this.peek() !== 0x6e) return false
    this.#word('null')
    return true
  }

  /** Passes a value of any kind, however deep, checking that it is JSON. */
  skip(): void {
    const inside: number[] = []
    do {
      const byte = this.peek()
      if (byte === openList || byte === openObject) {
        if (this.enter(byte)) {
          inside.push(byte)
          if (byte === openObject) this.key()
          continue
        }
      } else if (byte === quote) this.#string()
      else if (byte === 0x74) this.#word('true')
      else if (byte === 0x66) this.#word('false')
      else if (byte === 0x6e) this.#word('null')
      else this.#number()
      while (inside.length > 0 && !this.more(inside.at(-1)!)) inside.pop()
      if (inside.at(-1) === openObject) this.key()
    } while (inside.length > 0)
  }

  end(): void {
    if (this.peek() !== -1) this.#stop('expected nothing more')
  }

  #stop(problem: string, at = this.at): never {
    throw new Unreadable(at < this.#bytes.length ? problem : `${problem}, but the file ends`, at)
  }

  /** Not what was asked for: the fault of its place if it is JSON at all. */
  #wrongKind(wanted: string): never {
    this.skip()
    throw new Unreadable(`must be ${wanted}`)
  }

  #word(word: string): void {
    for (let i = 0; i < word.length; i++)
      if (this.#bytes[this.at + i] !== word.charCodeAt(i)) this.#stop('expected a value')
    this.at += word.length
  }

  #number(): void {
    const bytes = this.#bytes
    const digits = () => {
      const from = this.at
      while (bytes[this.at] >= zero && bytes[this.at] <= nine) this.at++
      if (this.at === from) this.#stop('expected a digit')
    }
    const first = bytes[this.at]
    if (first !== minus && !(first >= zero && first <= nine)) this.#stop('expected a value')
    if (first === minus) this.at++
    if (bytes[this.at] === zero) this.at++
    else digits()
    if (bytes[this.at] === 0x2e) {
      this.at++
      digits()
    }
    if (bytes[this.at] === 0x65 || bytes[this.at] === 0x45) {
      this.at++
      if (bytes[this.at] === minus || bytes[this.at] === 0x2b) this.at++
      digits()
    }
  }

  #string(): void {
    const bytes = this.#bytes
    const from = this.at + 1
    let at = from
    let hash = hashOfNothing
    let all = 0
    while (at < bytes.length) {
      const byte = bytes[at]
      if (byte === quote) {
        if (all >= 0x80) this.#checkUtf8(from, at)
        this.text = bytes
        this.from = from
        this.to = at
        this.hash = hash
        this.at = at + 1
        return
      }
      if (byte === backslash) {
        this.#escaped(from)
        return
      }
      if (byte < 0x20) this.#stop('a text cannot hold a control character', at)
      all |= byte
      hash = Math.imul(hash ^ byte, 0x01000193)
      at++
    }
    this.#stop('a text is not closed', at)
  }

  /** A string with escapes, resolved into bytes of our own. */
  #escaped(from: number): void {
    const bytes = this.#bytes
    let length = 0
    let high = 0
    let at = from
    while (bytes[at] !== quote) {
      if (at >= bytes.length) this.#stop('a text is not closed', at)
      if (bytes[at] < 0x20) this.#stop('a text cannot hold a control character', at)
      if (this.#scratch.length < length + 4) this.#scratch = grown(this.#scratch)
      if (bytes[at] !== backslash) {
        this.#scratch[length++] = bytes[at++]
        high = 0
        continue
      }
      let code = this.#escape(at)
      at += bytes[at + 1] === 0x75 ? 6 : 2
      if (high > 0 && code >= 0xdc00 && code < 0xe000) {
        code = 0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00)
        length -= 3
      }
      high = code >= 0xd800 && code < 0xdc00 ? code : 0
      length = putCode(this.#scratch, length, code)
    }
    this.#checkUtf8(from, at)
    let hash = hashOfNothing
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ this.#scratch[i], 0x01000193)
    this.text = this.#scratch
    this.from = 0
    this.to = length
    this.hash = hash
    this.at = at + 1
  }

  /** The UTF-16 unit of the escape at a backslash. */
  #escape(at: number): number {
    const letter = this.#bytes[at + 1]
    if (letter === 0x75) {
      let code = 0
      for (let i = at + 2; i < at + 6; i++) {
        const digit = hexDigit(this.#bytes[i])
        if (digit < 0) this.#stop('expected four hexadecimal digits', i)
        code = code * 16 + digit
      }
      return code
    }
    const known = '"\\/bfnrt'.indexOf(String.fromCharCode(letter))
    if (known < 0) this.#stop('a text cannot hold this escape', at)
    return '"\\/\b\f\n\r\t'.charCodeAt(known)
  }

  /** Well-formed byte sequences, table 3-7 of the Unicode standard. */
  #checkUtf8(from: number, to: number): void {
    const bytes = this.#bytes
    const wrong = (at: number) => this.#stop('a text is not written in UTF-8', at)
    for (let at = from; at < to; ) {
      const lead = bytes[at]
      const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
      if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || at + size > to) wrong(at)
      const second = bytes[at + 1]
      if (lead === 0xe0 && second < 0xa0) wrong(at)
      if (lead === 0xed && second > 0x9f) wrong(at)
      if (lead === 0xf0 && second < 0x90) wrong(at)
      if (lead === 0xf4 && second > 0x8f) wrong(at)
      for (let i = at + 1; i < at + size; i++) if ((bytes[i] & 0xc0) !== 0x80) wrong(at)
      at += size
    }
  }
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from
  let byte = bytes[at]
  // Asked first whether it may be one: most bytes are not, and this runs eight times a wish.
  while (byte <= 0x20 && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09))
    byte = bytes[++at]
  return at
}

function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false
  return true
}

/** Where a reader would look: `line 3, column 14`, both from 1, columns counted in characters. */
export function lineAndColumn(bytes: Uint8Array, at: number): string {
  let line = 1
  let column = 1
  for (let i = 0; i < at; i++) {
    if (bytes[i] === 0x0a) {
      line++
      column = 1
    } else if ((bytes[i] & 0xc0) !== 0x80) column++
  }
  return `line ${line}, column ${column}`
}

export function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length)
  larger.set(bytes)
  return larger
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= zero && byte <= nine) return byte - zero
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** Writes a code point in UTF-8 and returns where it ends. */
function putCode(into: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    into[at] = code
    return at + 1
  }
  const tails = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
  into[at] = (tails === 1 ? 0xc0 : tails === 2 ? 0xe0 : 0xf0) | (code >> (6 * tails))
  for (let i = 1; i <= tails; i++) into[at + i] = 0x80 | ((code >> (6 * (tails - i))) & 0x3f)
  return at + tails + 1
}
