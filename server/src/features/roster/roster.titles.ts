import type { Trx } from '#server/platform/postgres/database.ts'
import { jobTitleKey } from './roster.jobtitles.ts'
import * as queries from './roster.queries.ts'

/** Says which role the people with a job title do; null: nobody shadows them. */
export async function setJobTitles(
  trx: Trx,
  regionId: string,
  titles: { title: string; roleId: string | null }[],
): Promise<void> {
  const rows = titles.map(({ title, roleId }) => ({
    region_id: regionId,
    job_title_key: jobTitleKey(title),
    title,
    role_id: roleId,
  }))
  if (rows.length > 0) await queries.upsertJobTitles(trx, rows)
}
