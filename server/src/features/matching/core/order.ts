/**
 * The canonical order of identifiers: by a hash of seed and identifier, then by identifier.
 * It decides ties, so neither an early sign-up nor a name early in the alphabet is an advantage,
 * and the same seed always gives the same plan whatever the order of the input lines.
 */
export function canonicalOrder(ids: readonly string[], seed: string): Uint32Array {
  const keys = new Float64Array(ids.length)
  for (let i = 0; i < ids.length; i++) keys[i] = seededHash(seed, ids[i])
  const comesBefore = (a: number, b: number) =>
    keys[a] < keys[b] || (keys[a] === keys[b] && ids[a] < ids[b])

  // Hashes are spread evenly: in as many buckets as there are, hardly any holds more than a few.
  const width = 2 ** 53 / ids.length
  const fill = new Uint32Array(ids.length + 1)
  for (let i = 0; i < keys.length; i++) fill[Math.floor(keys[i] / width) + 1]++
  for (let b = 1; b < fill.length; b++) fill[b] += fill[b - 1]
  const order = new Uint32Array(ids.length)
  for (let i = 0; i < keys.length; i++) order[fill[Math.floor(keys[i] / width)]++] = i
  for (let i = 1; i < order.length; i++) {
    const moving = order[i]
    let k = i - 1
    for (; k >= 0 && comesBefore(moving, order[k]); k--) order[k + 1] = order[k]
    order[k + 1] = moving
  }
  return order
}

/**
 * A 53-bit hash, exact in a double: two 32-bit FNV-1a walks (Fowler, Noll, Vo) over the UTF-16
 * units of seed, separator and identifier, each finished by MurmurHash3's fmix32 (Appleby).
 */
export function seededHash(seed: string, id: string): number {
  const text = `${seed}\u0000${id}`
  let high = 0x811c9dc5
  let low = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x5bd1e995) ^ (low >>> 15)
  }
  return (finish(high) >>> 11) * 0x1_0000_0000 + finish(low)
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
