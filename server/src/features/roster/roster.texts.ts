import type {
  FindingCode,
  RosterField,
  RosterKind,
  RowOutcome,
} from '#shared/roster/roster.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'

/** The words of the downloadable report. Sentences say what happened and, where it helps, what to do. */
interface ReportTexts {
  /** Without its ending. */
  fileNames: Record<RosterKind, string>
  columns: readonly string[]
  outcomes: Record<RowOutcome | 'absent', string>
  severities: { rejection: string; warning: string }
  fields: Record<RosterField, string>
  findings: Record<FindingCode, string>
}

const fr: ReportTexts = {
  fileNames: { sites: 'verification-sites', people: 'verification-effectifs' },
  columns: [
    'Ligne',
    'Résultat',
    'Identifiant',
    'Niveau',
    'Champ',
    'Cellule',
    'Explication',
    'Autre ligne',
  ],
  outcomes: {
    created: 'créée',
    updated: 'mise à jour',
    unchanged: 'inchangée',
    rejected: 'rejetée',
    blank: 'vide',
    absent: 'absente du fichier',
  },
  severities: { rejection: 'rejet', warning: 'avertissement' },
  fields: {
    employeeNumber: 'Matricule',
    lastName: 'Nom',
    firstName: 'Prénom',
    email: 'Courriel',
    phone: 'Téléphone',
    entity: 'Entité',
    jobTitle: 'Métier',
    siteCode: 'Site',
    managerNumber: 'Matricule responsable',
    code: 'Code site',
    kind: 'Type',
    name: 'Nom du site',
    address: 'Adresse',
    postcode: 'Code postal',
    town: 'Commune',
    latitude: 'Latitude',
    longitude: 'Longitude',
  },
  findings: {
    employee_number_missing: 'Le matricule manque : rien ne permet de reconnaître cette personne.',
    last_name_missing: 'Le nom manque.',
    first_name_missing: 'Le prénom manque.',
    email_malformed:
      'Cette adresse de courriel n’est pas valable. Corrigez-la ou videz la cellule.',
    site_missing: 'Le site manque.',
    site_unknown: 'Ce site n’existe pas dans la région. Importez-le d’abord ou corrigez le code.',
    employee_number_shared:
      'Deux personnes différentes portent ce matricule : leurs lignes sont rejetées toutes les deux.',
    site_code_missing: 'Le code du site manque.',
    site_kind_missing: 'Le type de site manque.',
    site_kind_unknown:
      'Ce type de site est inconnu : plateau, boutique, intervention ou bureaux sont attendus.',
    site_name_missing: 'Le nom du site manque.',
    site_code_shared:
      'Deux sites différents portent ce code : leurs lignes sont rejetées toutes les deux.',
    row_contradicts_earlier:
      'Une ligne précédente dit autre chose de la même personne ou du même site : c’est elle qui compte.',
    value_too_long: 'Ce texte est trop long pour ce champ. Est-ce la bonne colonne ?',
    email_missing: 'Pas d’adresse de courriel : cette personne recevra une carte imprimée.',
    email_shared:
      'Cette adresse sert aussi à quelqu’un d’autre : elle n’est pas enregistrée ici, une carte imprimée la remplace.',
    email_entrusted:
      'Cette adresse ouvre l’accès d’une autre personne, à qui des responsabilités sont confiées (direction, coordination) : elle n’est pas enregistrée ici. Retirez d’abord ces responsabilités dans « Droits ».',
    access_by_former_address:
      'L’adresse a changé, mais les responsabilités de cette personne restent attachées à l’ancienne : confiez-les à la nouvelle adresse dans « Droits ».',
    manager_unknown: 'Personne ne porte le matricule indiqué pour le ou la responsable.',
    formula_like: 'Cette cellule ressemble à une formule : elle est gardée comme du texte.',
    cell_error:
      'Le tableur affiche ici une erreur de calcul : la cellule est considérée comme vide.',
    phone_unreadable: 'Ce numéro de téléphone est illisible : il n’est pas enregistré.',
    site_matched_by_name: 'Le site a été reconnu à son nom, faute de code.',
    row_repeated: 'Cette ligne en répète une autre : elle ne change rien.',
    cells_beyond_headers:
      'La ligne a plus de cellules que le tableau n’a de colonnes. Un séparateur de trop ?',
    coordinate_missing: 'Cette coordonnée manque : le site n’apparaîtra pas sur la carte.',
    coordinate_unreadable:
      'Cette coordonnée est illisible : le site n’apparaîtra pas sur la carte.',
    coordinate_out_of_range:
      'Cette coordonnée est hors du globe : le site n’apparaîtra pas sur la carte.',
  },
}

const en: ReportTexts = {
  fileNames: { sites: 'sites-check', people: 'people-check' },
  columns: ['Line', 'Outcome', 'Identifier', 'Level', 'Field', 'Cell', 'Explanation', 'Other line'],
  outcomes: {
    created: 'created',
    updated: 'updated',
    unchanged: 'unchanged',
    rejected: 'rejected',
    blank: 'blank',
    absent: 'absent from the file',
  },
  severities: { rejection: 'rejection', warning: 'warning' },
  fields: {
    employeeNumber: 'Employee number',
    lastName: 'Last name',
    firstName: 'First name',
    email: 'Email',
    phone: 'Phone',
    entity: 'Entity',
    jobTitle: 'Job title',
    siteCode: 'Site',
    managerNumber: 'Manager number',
    code: 'Site code',
    kind: 'Type',
    name: 'Site name',
    address: 'Address',
    postcode: 'Postcode',
    town: 'Town',
    latitude: 'Latitude',
    longitude: 'Longitude',
  },
  findings: {
    employee_number_missing: 'The employee number is missing: nothing tells who this is.',
    last_name_missing: 'The last name is missing.',
    first_name_missing: 'The first name is missing.',
    email_malformed: 'This email address is not valid. Correct it or empty the cell.',
    site_missing: 'The site is missing.',
    site_unknown: 'The region has no such site. Import it first or correct the code.',
    employee_number_shared: 'Two different people have this number: both their rows are rejected.',
    site_code_missing: 'The site code is missing.',
    site_kind_missing: 'The type of site is missing.',
    site_kind_unknown:
      'This type of site is unknown: call centre, shop, field base or office are expected.',
    site_name_missing: 'The name of the site is missing.',
    site_code_shared: 'Two different sites have this code: both their rows are rejected.',
    row_contradicts_earlier:
      'An earlier row says something else about the same person or site: that one counts.',
    value_too_long: 'This text is too long for this field. Is it the right column?',
    email_missing: 'No email address: this person will get a printed card.',
    email_shared:
      'Somebody else uses this address too: it is not stored here, a printed card replaces it.',
    email_entrusted:
      'This address opens the access of somebody else, who is trusted with responsibilities (director, coordinator): it is not stored here. First withdraw them under “Access”.',
    access_by_former_address:
      'The address has changed, but this person’s responsibilities stay with the former one: entrust them to the new address under “Access”.',
    manager_unknown: 'Nobody has the number given for the manager.',
    formula_like: 'This cell looks like a formula: it is kept as text.',
    cell_error: 'The spreadsheet shows a calculation error here: the cell counts as empty.',
    phone_unreadable: 'This phone number cannot be read: it is not stored.',
    site_matched_by_name: 'The site was recognised by its name, for want of a code.',
    row_repeated: 'This row repeats another one: it changes nothing.',
    cells_beyond_headers:
      'The row has more cells than the table has columns. A separator too many?',
    coordinate_missing: 'This coordinate is missing: the site will not be on the map.',
    coordinate_unreadable: 'This coordinate cannot be read: the site will not be on the map.',
    coordinate_out_of_range:
      'This coordinate is not on the globe: the site will not be on the map.',
  },
}

export const reportTexts: Record<Language, ReportTexts> = { fr, en }
