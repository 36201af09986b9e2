import { recordAudit } from '#server/platform/audit.ts'
import { brokenConstraint, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { jobTitleKey } from './roster.jobtitles.ts'
import * as queries from './roster.queries.ts'

export interface JobTitleRole {
  title: string
  /** null: nobody shadows people with this title. */
  roleId: string | null
}

/** Says which role the people with a job title do. Two spellings of one title: the last counts. */
export async function setJobTitles(
  trx: Trx,
  regionId: string,
  titles: JobTitleRole[],
): Promise<undefined | Refusal> {
  const rows = new Map(
    titles.map(({ title, roleId }) => {
      const key = jobTitleKey(title)
      return [key, { region_id: regionId, job_title_key: key, title, role_id: roleId }]
    }),
  )
  if (rows.size === 0) return undefined
  try {
    await queries.upsertJobTitles(trx, [...rows.values()])
  } catch (error) {
    if (brokenConstraint(error) === 'job_title_roles_role_fk') return refuse('not-found')
    throw error
  }
  return undefined
}

/** {@link setJobTitles} by a director, who is recorded. */
export async function decideJobTitles(
  trx: Trx,
  regionId: string,
  titles: JobTitleRole[],
  by: string,
  now: Date,
): Promise<undefined | Refusal> {
  const refusal = await setJobTitles(trx, regionId, titles)
  if (refusal) return refusal
  const details = { titles: titles.length }
  const action = 'roster.set-job-titles'
  await recordAudit(trx, { regionId, accountId: by, action, details }, now)
  return undefined
}

/** Titles people of the region have, the most frequent first. */
export const jobTitlesInUse = (db: Reader, regionId: string) => queries.jobTitlesInUse(db, regionId)
