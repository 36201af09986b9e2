import { z } from 'zod'

/** What a file can hold: the region's sites, or the people who work there. */
export const rosterKinds = ['sites', 'people'] as const
export const rosterKindSchema = z.enum(rosterKinds)
export type RosterKind = z.infer<typeof rosterKindSchema>

export const siteKinds = ['plateau', 'boutique', 'intervention', 'bureaux'] as const
export const siteKindSchema = z.enum(siteKinds)
export type SiteKind = z.infer<typeof siteKindSchema>

/** Jobs one can shadow, as every region starts with them; a region can add its own codes. */
export const standardRoles = [
  'support_operator',
  'service_operator',
  'callback_operator',
  'shop_seller',
  'field_technician',
] as const
export const standardRoleSchema = z.enum(standardRoles)
export type StandardRole = z.infer<typeof standardRoleSchema>

/** `managerNumber` is read to warn about a manager nobody knows, and never stored. */
export const peopleFields = [
  'employeeNumber',
  'lastName',
  'firstName',
  'email',
  'phone',
  'entity',
  'jobTitle',
  'siteCode',
  'managerNumber',
] as const
export const peopleFieldSchema = z.enum(peopleFields)

export const siteFields = [
  'code',
  'kind',
  'name',
  'address',
  'postcode',
  'town',
  'latitude',
  'longitude',
] as const
export const siteFieldSchema = z.enum(siteFields)

export const rosterFieldSchema = z.enum([...peopleFields, ...siteFields])
export type RosterField = z.infer<typeof rosterFieldSchema>

/** A file without these columns cannot be imported; a mail column may be missing, its cells too. */
export const requiredFields = {
  people: ['employeeNumber', 'lastName', 'firstName', 'siteCode'],
  sites: ['code', 'kind', 'name'],
} as const satisfies Record<RosterKind, readonly RosterField[]>

/** Columns HR sends that we recognise and leave out: we have no use for them (GDPR article 5.1 c). */
export const unneededColumns = [
  'civility',
  'workingTime',
  'homeTown',
  'homePostcode',
  'homeAddress',
  'birth',
  'contract',
  'pay',
  'managerName',
] as const
export const unneededColumnSchema = z.enum(unneededColumns)
export type UnneededColumn = z.infer<typeof unneededColumnSchema>

/** Every row of a file has exactly one. */
export const rowOutcomes = ['created', 'updated', 'unchanged', 'rejected', 'blank'] as const
export const rowOutcomeSchema = z.enum(rowOutcomes)
export type RowOutcome = z.infer<typeof rowOutcomeSchema>

/** Why a row is rejected. */
export const rejectionCodes = [
  'employee_number_missing',
  'last_name_missing',
  'first_name_missing',
  'email_malformed',
  'site_missing',
  'site_unknown',
  'employee_number_shared',
  'site_code_missing',
  'site_kind_missing',
  'site_kind_unknown',
  'site_name_missing',
  'site_code_shared',
  'row_contradicts_earlier',
  'value_too_long',
] as const
export const rejectionCodeSchema = z.enum(rejectionCodes)
export type RejectionCode = z.infer<typeof rejectionCodeSchema>

/** What deserves a look in a row that is kept (or rejected for another reason). */
export const warningCodes = [
  'email_missing',
  'email_shared',
  'email_entrusted',
  'access_by_former_address',
  'manager_unknown',
  'formula_like',
  'cell_error',
  'phone_unreadable',
  'site_matched_by_name',
  'row_repeated',
  'cells_beyond_headers',
  'coordinate_missing',
  'coordinate_unreadable',
  'coordinate_out_of_range',
] as const
export const warningCodeSchema = z.enum(warningCodes)
export type WarningCode = z.infer<typeof warningCodeSchema>

export const findingCodeSchema = z.enum([...rejectionCodes, ...warningCodes])
export type FindingCode = z.infer<typeof findingCodeSchema>

/** Why a whole file is refused before any row is looked at. */
export const fileRefusalCodes = [
  'file_empty',
  'file_too_large',
  'file_too_many_rows',
  'file_too_many_columns',
  'file_inflates_too_much',
  'file_unreadable',
  'file_damaged',
  'file_old_excel',
  'file_encrypted',
  'file_not_a_workbook',
  'file_quote_not_closed',
  'file_without_rows',
  'sheet_unknown',
] as const
export const fileRefusalCodeSchema = z.enum(fileRefusalCodes)
export type FileRefusalCode = z.infer<typeof fileRefusalCodeSchema>

/** Why a mapping of columns to fields cannot be used. */
export const mappingRefusalCodes = [
  'mapping_field_missing',
  'mapping_column_unknown',
  'mapping_column_twice',
] as const
export const mappingRefusalCodeSchema = z.enum(mappingRefusalCodes)
export type MappingRefusalCode = z.infer<typeof mappingRefusalCodeSchema>
