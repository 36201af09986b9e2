/** What likeness is made of; tuned on one half of a corpus, `npm run bench:findings` tells how well. */
export const likenessWeights = {
  /** Of trigrams of all words, beside the cosine of telling words, which is 1. */
  trigrams: 0.6,
  sameIrritant: 0.1,
  sameRole: 0.05,
  sameMoment: 0.1,
  /** A word nobody else used cannot link anything: it only weighs this share. */
  lonelyWord: 0.4,
}

/** From here on two observations are shown as similar. */
export const similarFrom = 0.5
/** A pile stays together while its observations resemble each other that much on average. */
const pileFrom = 0.425
/** A director reads a pile at a glance, or not at all. */
export const largestPile = 12

/** How alike two observations are; `seedId` is one that was asked about. */
export interface Likeness {
  seedId: string
  id: string
  score: number
  /** Of the other one: the open finding it is in. */
  findingId: string | null
}

export interface SuggestedPile {
  findingId: string | null
  ids: string[]
}

const pairOf = (one: string, other: string) => (one < other ? `${one} ${other}` : `${other} ${one}`)

/**
 * Piles of similar observations: hierarchical clustering by average linkage (Sokal and Michener,
 * 1958), which unlike connected components does not chain what has less and less in common. Each
 * holds at least one of the page; closest first, ties in the page's own order.
 * @param page ids asked about, in the order in which they are shown.
 */
export function pilesOf(page: readonly string[], likenesses: readonly Likeness[]): SuggestedPile[] {
  const place = new Map(page.map((id, index) => [id, index]))
  const placeOf = (id: string) => place.get(id) ?? page.length
  const free = likenesses.filter(({ findingId }) => findingId === null)
  const scores = new Map(free.map(({ seedId, id, score }) => [pairOf(seedId, id), score]))
  const edges = free
    .filter(({ score }) => score >= similarFrom)
    .toSorted(
      (a, b) =>
        b.score - a.score || placeOf(a.seedId) - placeOf(b.seedId) || placeOf(a.id) - placeOf(b.id),
    )

  /** Pairs nobody asked about say nothing; pairs found unlike count as nothing in common. */
  const mean = (one: readonly string[], other: readonly string[]) => {
    const known = one.flatMap((a) =>
      other.filter((b) => place.has(a) || place.has(b)).map((b) => scores.get(pairOf(a, b)) ?? 0),
    )
    return known.reduce((sum, score) => sum + score, 0) / known.length
  }

  const pileOf = new Map<string, string[]>()
  for (const { seedId, id } of edges) {
    const one = pileOf.get(seedId) ?? [seedId]
    const other = pileOf.get(id) ?? [id]
    if (one === other || one.length + other.length > largestPile) continue
    if (mean(one, other) < pileFrom) continue
    const joined = [...one, ...other]
    for (const member of joined) pileOf.set(member, joined)
  }
  const joining = findingsResembled(likenesses)
  const alone = page
    .filter((id) => !pileOf.has(id) && joining.has(id))
    .map((id) => ({ findingId: joining.get(id)!, ids: [id] }))
  const piles = [...new Set(pileOf.values())].map((ids) => ({
    findingId: mostNamed(
      ids.flatMap((id) => joining.get(id) ?? []),
      ids.length / 2,
    ),
    ids,
  }))
  return [...piles, ...alone]
}

/** The open finding each observation of the page resembles most, where it resembles one. */
function findingsResembled(likenesses: readonly Likeness[]): Map<string, string> {
  const best = new Map<string, Likeness>()
  for (const one of likenesses) {
    if (one.findingId === null || one.score < similarFrom) continue
    const before = best.get(one.seedId)
    if (!before || one.score > before.score) best.set(one.seedId, one)
  }
  return new Map([...best].map(([id, { findingId }]) => [id, findingId!]))
}

/** What is named at least so often, and most often; null where nothing is. */
function mostNamed(names: readonly string[], atLeast: number): string | null {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most && most[1] >= atLeast ? most[0] : null
}
