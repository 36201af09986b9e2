import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Raw mails under ids we number ourselves: nothing a sender wrote ever becomes part of a file name. */
export type CaughtStore = {
  add(raw: Buffer): Promise<string>
  /** oldest first */
  ids(): readonly string[]
  read(id: string): Promise<Buffer | null>
}

/** `folder` null keeps everything in memory. At most `keep` mails stay; the oldest leave. */
export async function openStore(folder: string | null, keep: number): Promise<CaughtStore> {
  const memory = new Map<string, Buffer>()
  const ids: string[] = []
  if (folder) {
    await mkdir(folder, { recursive: true })
    const names = await readdir(folder)
    ids.push(...names.flatMap((name) => /^(\d{8})\.eml$/.exec(name)?.[1] ?? []).sort())
  }
  const path = (id: string) => join(folder ?? '', `${id}.eml`)
  let last = Number(ids.at(-1) ?? 0)

  async function forget(id: string): Promise<void> {
    memory.delete(id)
    if (folder) await rm(path(id), { force: true })
  }

  return {
    ids: () => ids,
    async add(raw) {
      last += 1
      const id = String(last).padStart(8, '0')
      if (folder) {
        // Renamed when whole: a stop in the middle leaves no half mail to be listed.
        await writeFile(`${path(id)}.part`, raw)
        await rename(`${path(id)}.part`, path(id))
      } else memory.set(id, raw)
      ids.push(id)
      // Two deliveries may finish in the other order.
      ids.sort()
      await Promise.all(ids.splice(0, Math.max(0, ids.length - keep)).map(forget))
      return id
    },
    async read(id) {
      if (!ids.includes(id)) return null
      if (!folder) return memory.get(id) ?? null
      return readFile(path(id)).catch(() => null)
    },
  }
}
