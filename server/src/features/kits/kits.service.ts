import { type Role, rolesOfRegion } from '#server/features/roster/roster.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { EditedKit, KitPart, KitShelf } from '#shared/kits/kits.contract.ts'
import {
  type Kit,
  type KitHeadings,
  type KitLine,
  type KitSection,
  kitSections,
} from '#shared/kits/kits.vocabulary.ts'
import { type ContentLanguage, contentLanguages } from '#shared/vocabulary/content-language.ts'
import * as queries from './kits.queries.ts'
import { isBehind, isEmptyKit, readKit, sameLines, tidyLines } from './kits.rules.ts'
import { headingsIn, shippedKit } from './kits.shipped.ts'

type Written = Awaited<ReturnType<typeof queries.partsOf>>[number]

/** One kit of a region: which role, in which language. */
export interface KitAddress {
  regionId: string
  roleId: string
  language: ContentLanguage
}

/** The kit of a role as its guests and hosts read it, in every language that has one. */
export async function kitsOfRole(
  db: Reader,
  role: Pick<Role, 'id' | 'regionId' | 'code'>,
): Promise<{ language: ContentLanguage; headings: KitHeadings; kit: Kit }[]> {
  const written = await queries.partsOf(db, role.regionId, { roleId: role.id })
  return contentLanguages
    .map((language) => ({
      language,
      headings: headingsIn(language),
      kit: readKit(
        shippedKit(role.code, language),
        written.filter((part) => part.language === language),
      ),
    }))
    .filter(({ kit }) => !isEmptyKit(kit))
}

/** Every role of a region with what its kits are made of. */
export async function kitShelf(db: Reader, regionId: string): Promise<KitShelf> {
  const roles = await rolesOfRegion(db, regionId)
  const written = await queries.partsOf(db, regionId)
  return roles.map((role) => ({
    role: roleView(role),
    languages: contentLanguages.map((language) => {
      const shipped = shippedKit(role.code, language)
      const own = written.filter((part) => part.roleId === role.id && part.language === language)
      return {
        language,
        empty: isEmptyKit(readKit(shipped, own)),
        edited: own.filter(({ lines }) => lines !== null).length,
        behind: own.filter((part) => isBehind(part, shipped?.[part.section] ?? [])).length,
      }
    }),
  }))
}

/** A kit to edit; refuses a role the region does not have. */
export async function kitToEdit(db: Reader, kit: KitAddress): Promise<EditedKit | Refusal> {
  const role = await roleOf(db, kit)
  if (!role) return refuse('not-found')
  const written = await queries.partsOf(db, kit.regionId, kit)
  const parts = kitSections.map((section) =>
    partView(section, shippedLines(role, kit.language, section), writtenIn(written, section)),
  )
  const { language } = kit
  return { role: roleView(role), language, headings: headingsIn(language), parts }
}

/**
 * Words one part for the region; `lines` null, or what ships anyway, goes back to what ships.
 * Refuses with `kit-changed` when somebody else saved the part since `seen`: nothing is lost, both
 * texts are there to choose from.
 */
export async function saveKitPart(
  trx: Trx,
  kit: KitAddress & { section: KitSection },
  { lines, seen }: { lines: KitLine[] | null; seen: number },
  by: string,
  now: Date,
): Promise<KitPart | Refusal> {
  const role = await roleOf(trx, kit)
  if (!role) return refuse('not-found')
  const { regionId, roleId, language, section } = kit
  const shipped = shippedLines(role, language, section)
  const tidy = lines && tidyLines(section, lines)
  const kept = tidy && !sameLines(tidy, shipped) ? tidy : null
  const row = {
    region_id: regionId,
    role_id: roleId,
    language,
    section,
    lines: kept && JSON.stringify(kept),
    replaced: JSON.stringify(shipped),
    version: seen + 1,
    edited_by: by,
    edited_at: now,
  }
  if (!(await queries.writePart(trx, row, seen))) return refuse('kit-changed')
  const action = kept ? 'kits.word' : 'kits.restore'
  const details = { language, section }
  await recordAudit(trx, { regionId, accountId: by, action, subjectId: roleId, details }, now)
  const written = await queries.partsOf(trx, regionId, kit)
  return partView(section, shipped, writtenIn(written, section))
}

/** Retired roles have no kit any more; nobody is sent to them. */
async function roleOf(db: Reader, { regionId, roleId }: KitAddress): Promise<Role | undefined> {
  return (await rolesOfRegion(db, regionId)).find(({ id }) => id === roleId)
}

const shippedLines = (role: Role, language: ContentLanguage, section: KitSection): KitLine[] =>
  shippedKit(role.code, language)?.[section] ?? []

const writtenIn = (written: Written[], section: KitSection) =>
  written.find((part) => part.section === section)

function partView(section: KitSection, shipped: KitLine[], written: Written | undefined): KitPart {
  return {
    section,
    lines: written?.lines ?? shipped,
    shipped,
    edited: written !== undefined && written.lines !== null,
    behind: written !== undefined && isBehind(written, shipped),
    editedBy: written?.editedBy ?? null,
    editedAt: written?.editedAt ?? null,
    version: written?.version ?? 0,
  }
}

const roleView = ({ id, nameFr, nameEn, drawing }: Role) => ({ id, nameFr, nameEn, drawing })
