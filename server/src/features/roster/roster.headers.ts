import type { RosterField, RosterKind, UnneededColumn } from '#shared/roster/roster.vocabulary.ts'
import type { SourceRow } from './reading/reading.limits.ts'
import { fold } from './roster.values.ts'

export type HeaderMeaning =
  | { field: RosterField; exact: boolean }
  | { unneeded: UnneededColumn; exact: boolean }

interface HeaderRule {
  means: { field: RosterField } | { unneeded: UnneededColumn }
  /** Whole headers, folded: no accents, case or punctuation. */
  names: string[]
  /** Looser wording, tried in the order of the rules when no name fits. */
  like: RegExp
}

const mail = '(e ?mails?|courriels?|mels?|messageries?|mails?|electronique)'
const manager =
  '(responsable|manager|managers|superieur|superieure|hierarchique|hierarchie|n 1|supervisor)'
const number = '(matricule|numero|no|n|num|number|id|identifiant|code|cuid)'

/** Managers come first, so that « Matricule responsable » is not taken for the person's own number. */
const peopleRules: HeaderRule[] = [
  {
    means: { field: 'managerNumber' },
    names: ['matricule responsable', 'matricule manager', 'responsable', 'manager', 'manager id'],
    like: new RegExp(`(${number} .*\\b${manager}\\b)|(\\b${manager} .*\\b${number}$)|^reports to`),
  },
  {
    means: { unneeded: 'managerName' },
    names: ['nom responsable', 'nom manager', 'manager name'],
    like: new RegExp(`\\b(${manager}|chef)\\b`),
  },
  {
    means: { field: 'email' },
    names: ['courriel', 'e mail', 'email', 'mail', 'mel', 'adresse mail', 'email address'],
    like: new RegExp(`\\b${mail}\\b`),
  },
  {
    means: { unneeded: 'civility' },
    names: ['civilite', 'sexe', 'genre', 'gender', 'salutation', 'civ', 'sex'],
    like: /\b(civilite|salutation|gender|genre)\b/,
  },
  {
    means: { unneeded: 'birth' },
    names: ['age'],
    like: /\b(naissance|birth|birthday|ne e le)\b/,
  },
  {
    means: { unneeded: 'workingTime' },
    names: ['temps de travail', 'working time', 'etp', 'fte', 'quotite'],
    like: /\b(temps (de )?travail|temps partiel|quotite|working (time|hours)|etp|fte|part time)\b/,
  },
  {
    means: { unneeded: 'contract' },
    names: ['contrat', 'contract', 'anciennete', 'statut', 'status'],
    like: /\b(contrat|contract|anciennete|seniority|date (d )?entree|hire date|start date)\b/,
  },
  {
    means: { unneeded: 'pay' },
    names: ['salaire', 'salary', 'remuneration', 'coefficient'],
    like: /\b(salaire|salary|remuneration|wage|pay)\b/,
  },
  {
    means: { field: 'firstName' },
    names: ['prenom', 'first name', 'firstname', 'given name', 'forename', 'prenom usuel'],
    like: /\b(prenoms?|first ?name|given ?names?|forenames?)\b/,
  },
  {
    means: { field: 'employeeNumber' },
    names: ['matricule', 'employee number', 'employee id', 'staff number', 'id', 'employee no'],
    like: /\b(matricule|(employee|staff|personnel|payroll|worker) (number|no|nr|id|code)|(numero|n|num|identifiant|id|code) (de |d )?(l )?(agent|salarie|salariee|employe|employee|personnel|rh|collaborateur))\b/,
  },
  {
    means: { field: 'jobTitle' },
    names: [
      'metier',
      'fonction',
      'poste',
      'emploi',
      'job title',
      'job',
      'position',
      'role',
      'title',
    ],
    like: /\b(metier|fonction|intitule|emploi|job|position|occupation|poste (de travail|occupe))\b/,
  },
  {
    means: { field: 'siteCode' },
    names: ['site', 'code site', 'site code', 'site id', 'workplace code', 'location code'],
    like: /\b(sites?|lieu (de )?travail|affectation|etablissement|work ?place|location|rattachement)\b/,
  },
  {
    means: { field: 'phone' },
    names: ['telephone', 'tel', 'mobile', 'portable', 'phone', 'phone number', 'gsm'],
    like: /\b(telephone|tel|mobile|portable|phone|gsm)\b/,
  },
  {
    means: { field: 'entity' },
    names: ['entite', 'direction', 'service', 'departement', 'entity', 'department', 'division'],
    like: /\b(entite|direction|service|departement|pole|equipe|entity|department|division|unit|team|organi[sz]ation)\b/,
  },
  {
    means: { unneeded: 'homePostcode' },
    names: ['code postal', 'cp', 'postcode', 'postal code', 'zip'],
    like: /\b(code postal|post ?code|postal code|zip)\b/,
  },
  {
    means: { unneeded: 'homeTown' },
    names: ['commune', 'ville', 'town', 'city', 'localite'],
    like: /\b(commune|ville|town|city|localite)\b/,
  },
  {
    means: { unneeded: 'homeAddress' },
    names: ['adresse', 'address', 'rue', 'street'],
    like: /\b(adresse|address|rue|street|voie)\b/,
  },
  {
    means: { field: 'lastName' },
    names: [
      'nom',
      'last name',
      'lastname',
      'surname',
      'family name',
      'nom de famille',
      'nom usuel',
    ],
    like: /\b(nom|last ?name|surname|family ?name|name)\b/,
  },
]

const siteRules: HeaderRule[] = [
  {
    means: { field: 'postcode' },
    names: ['code postal', 'cp', 'postcode', 'postal code', 'zip', 'zip code'],
    like: /\b(code postal|post ?code|postal code|zip)\b/,
  },
  {
    means: { field: 'latitude' },
    names: ['latitude', 'lat', 'y'],
    like: /\b(latitude|lat)\b/,
  },
  {
    means: { field: 'longitude' },
    names: ['longitude', 'lon', 'lng', 'long', 'x'],
    like: /\b(longitude|lon|lng)\b/,
  },
  {
    means: { field: 'kind' },
    names: ['type', 'type de site', 'type site', 'kind', 'nature', 'site type', 'categorie'],
    like: /\b(type|kind|nature|categorie|category)\b/,
  },
  {
    means: { field: 'code' },
    names: ['code site', 'code', 'site code', 'site id', 'id', 'identifiant', 'reference'],
    like: /\b(code|id|identifiant|reference|numero|number)\b/,
  },
  {
    means: { field: 'address' },
    names: ['adresse', 'address', 'rue', 'street', 'street address'],
    like: /\b(adresse|address|rue|street|voie)\b/,
  },
  {
    means: { field: 'town' },
    names: ['commune', 'ville', 'town', 'city', 'localite'],
    like: /\b(commune|ville|town|city|localite)\b/,
  },
  {
    means: { field: 'name' },
    names: ['nom', 'name', 'nom du site', 'nom site', 'site name', 'libelle', 'site', 'intitule'],
    like: /\b(nom|name|libelle|intitule|designation|label)\b/,
  },
]

const rules: Record<RosterKind, HeaderRule[]> = { people: peopleRules, sites: siteRules }

/** What a French or English column name means for this kind of file; null when it tells us nothing. */
export function readHeader(kind: RosterKind, header: string): HeaderMeaning | null {
  const folded = fold(header)
  if (folded === '') return null
  const named = rules[kind].find((rule) => rule.names.includes(folded))
  if (named) return { ...named.means, exact: true }
  const like = rules[kind].find((rule) => rule.like.test(folded))
  return like ? { ...like.means, exact: false } : null
}

/** How many different cells of a row are known column names of one kind of file or the other. */
export function recognisedHeaders(cells: string[]): number {
  const count = (kind: RosterKind) =>
    new Set(cells.map(fold).filter((cell) => rules[kind].some((rule) => rule.names.includes(cell))))
      .size
  return Math.max(count('people'), count('sites'))
}

/**
 * The row of column names among the first filled rows: the one with most names we know, else the
 * first with two cells (a title fills one, merged cells count as one), else the first.
 */
export function findHeader(filled: SourceRow[]): SourceRow {
  let best = filled[0]!
  let most = 1
  for (const row of filled) {
    const known = recognisedHeaders(row.cells)
    if (known > most) {
      best = row
      most = known
    }
  }
  if (most > 1) return best
  return filled.find(({ cells }) => cells.filter((cell) => cell.trim()).length > 1) ?? best
}
