import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { likenessesOf } from '#server/features/findings/findings.likeness.queries.ts'
import { freshDatabase } from '../support/database.ts'
import { compareOnCorpus, emptyDay, observe, placedCorpus } from './findings.quality.ts'

const now = new Date('2027-03-01T09:00:00Z')

describe('likeness on the corpus', () => {
  it('keeps what was measured on the half it was not tuned on, far from trigrams alone', async () => {
    const { db } = await freshDatabase()
    const { ours, trigrams } = await compareOnCorpus(db, now)
    expect(ours.heldOut.precisionAt5).toBeGreaterThan(0.42)
    expect(ours.heldOut.recall).toBeGreaterThan(0.3)
    expect(ours.heldOut.pairF1).toBeGreaterThan(0.35)
    expect(ours.heldOut.pairF1).toBeGreaterThan(3 * trigrams.heldOut.pairF1)
  })

  it('is a corpus of the promised size', () => {
    const said = placedCorpus()
    expect(said.length).toBeGreaterThanOrEqual(160)
    expect(new Set(said.flatMap(({ group }) => group ?? [])).size).toBeGreaterThanOrEqual(35)
    expect(new Set(said.map(({ id }) => id)).size).toBe(said.length)
  })
})

describe('what observations are compared by', () => {
  it('is French whatever the accents, English too, and no number, name, address or mask', async () => {
    const { db } = await freshDatabase()
    const wordsOf = async (situation: string) =>
      (
        await sql<{ words: string[] }>`
          select tsvector_to_array(findings_words(${situation}, '')) as words`.execute(db)
      ).rows[0]!.words
    expect(await wordsOf('La résiliation a échoué')).toEqual(
      await wordsOf('la resiliation a echoue'),
    )
    expect(await wordsOf('The bills were wrong')).toEqual(await wordsOf('a wrong bill'))
    const plain = await wordsOf('Une cliente attend sa facture')
    expect(
      await wordsOf(
        'Une cliente, Mme Durand, attend sa facture 445566 avec Marie-Claude Petit, a.b@c.example [nom]',
      ),
    ).toEqual(plain)
    expect(await wordsOf('Ximun Bidegain attend sa facture')).toEqual(
      await wordsOf('Elle attend sa facture'),
    )
  })

  it('is nothing of other days, of what was withdrawn, nor of what has no words', async () => {
    const { db } = await freshDatabase()
    const [day, other] = [await emptyDay(db, now), await emptyDay(db, now)]
    const [model] = placedCorpus()
    const said = (situation: string) => ({ ...model!, situation, id: randomUUID() })
    const text = 'Le décodeur clignote et redémarre sans fin.'
    const [here, twin, mute, gone, elsewhere] = [text, text, '', text, text].map(said)
    await observe(db, day, [here!, twin!, mute!, gone!])
    await observe(db, other, [elsewhere!])
    await sql`update observations set withdrawn = true, situation = '' where id = ${gone!.id}`.execute(
      db,
    )
    const found = await likenessesOf(db, day.dayId, [here!.id, mute!.id])
    expect(found.map(({ seedId, id }) => [seedId, id])).toEqual([[here!.id, twin!.id]])
    expect(found[0]!.score).toBeGreaterThan(1)
  })
})
