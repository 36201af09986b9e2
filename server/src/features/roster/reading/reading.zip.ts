import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { type ReadingLimits, Refused } from './reading.limits.ts'

const inflate = promisify(inflateRaw)

interface Entry {
  method: number
  compressed: number
  declared: number
  offset: number
}

/** Parts of a zip archive, inflated one by one on demand against a single budget. */
export interface Archive {
  names: string[]
  /** The bytes of one part; null when the archive has none of that name. Throws `Refused`. */
  part(name: string): Promise<Uint8Array | null>
}

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const UNKNOWN_32 = 0xffffffff

/**
 * Opens a zip archive by its central directory (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16).
 * Refuses on the declared sizes at once; because they may lie, `part` also stops the inflater itself
 * at what is left of the budget. Throws `Refused`.
 */
export function openArchive(bytes: Uint8Array, limits: ReadingLimits): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(bytes, view)
  let declared = 0
  for (const entry of entries.values()) declared += entry.declared
  const tooMuch = () => new Refused('file_inflates_too_much', { limit: limits.inflatedBytes })
  if (declared > limits.inflatedBytes) throw tooMuch()

  let left = limits.inflatedBytes
  return {
    names: [...entries.keys()],
    async part(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const start = dataStart(view, entry)
      const raw = bytes.subarray(start, start + entry.compressed)
      if (raw.length < entry.compressed) throw new Refused('file_damaged')
      let content: Uint8Array
      if (entry.method === 0) content = raw
      else if (entry.method === 8) {
        try {
          content = await inflate(raw, { maxOutputLength: Math.max(left, 1) })
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch()
          throw new Refused('file_damaged')
        }
      } else throw new Refused('file_damaged')
      left -= content.length
      if (left < 0) throw tooMuch()
      return content
    },
  }
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view)
  const entries = new Map<string, Entry>()
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw new Refused('file_damaged')
    if (view.getUint16(at + 8, true) & 1) throw new Refused('file_encrypted')
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const commentLength = view.getUint16(at + 32, true)
    if (at + 46 + nameLength + extraLength > bytes.length) throw new Refused('file_damaged')
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const entry: Entry = {
      method: view.getUint16(at + 10, true),
      compressed: view.getUint32(at + 20, true),
      declared: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    }
    readZip64(view, at + 46 + nameLength, extraLength, entry)
    // Some .NET writers separate folders with a backslash or start names with a slash.
    entries.set(name.replaceAll('\\', '/').replace(/^\//, ''), entry)
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

/** Streaming writers put sizes into the zip64 extra field even for small files (APPNOTE 4.5.3). */
function readZip64(view: DataView, start: number, length: number, entry: Entry): void {
  for (let at = start; at + 4 <= start + length; ) {
    const size = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) {
      let field = at + 4
      const stop = at + 4 + size
      for (const key of ['declared', 'compressed', 'offset'] as const) {
        if (entry[key] !== UNKNOWN_32) continue
        if (field + 8 > stop || stop > start + length) throw new Refused('file_damaged')
        entry[key] = Number(view.getBigUint64(field, true))
        field += 8
      }
    }
    at += 4 + size
  }
}

function findEnd(view: DataView): number {
  // The record is 22 bytes long and may be followed by a comment of up to 65,535.
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--)
    if (view.getUint32(at, true) === END_SIGNATURE) return at
  throw new Refused('file_damaged')
}

function dataStart(view: DataView, entry: Entry): number {
  if (entry.offset + 30 > view.byteLength) throw new Refused('file_damaged')
  const nameLength = view.getUint16(entry.offset + 26, true)
  const extraLength = view.getUint16(entry.offset + 28, true)
  return entry.offset + 30 + nameLength + extraLength
}
