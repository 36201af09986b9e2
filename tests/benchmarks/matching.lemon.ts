import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Instance } from '#server/features/matching/core/instance.ts'
import type { Best } from '#tests/matching/core.highs.ts'

const source = fileURLToPath(new URL('matching.lemon.cpp', import.meta.url))

/** LEMON's network simplex as a function, or why it cannot run on this machine. */
export function buildLemon(): ((instance: Instance) => Best) | string {
  const driver = join(mkdtempSync(join(tmpdir(), 'lemon-')), 'driver')
  try {
    execFileSync('g++', ['-O3', '-DNDEBUG', '-o', driver, source], { stdio: 'pipe' })
  } catch (error) {
    const missing = (error as { code?: string }).code === 'ENOENT'
    return missing ? 'no g++ here' : 'its headers (liblemon-dev) are not here'
  }
  return (instance) => {
    const { guestIds, slotIds, groupCapacity, arcSlot, arcCost } = instance
    const sizes = [guestIds.length, slotIds.length, groupCapacity.length, arcSlot.length]
    const { guestStart, slotGroup, slotCapacity } = instance
    const parts = [guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity]
    const input = Buffer.concat(
      [Int32Array.from(sizes), ...parts].map((part) =>
        Buffer.from(part.buffer, part.byteOffset, part.byteLength),
      ),
    )
    const { status, stdout } = spawnSync(driver, { input })
    if (status !== 0) throw new Error(`LEMON ended with ${status}`)
    const [milliseconds, processor, placed, cost] = stdout.toString().trim().split(' ').map(Number)
    return { milliseconds: milliseconds!, processor: processor!, placed: placed!, cost: cost! }
  }
}
