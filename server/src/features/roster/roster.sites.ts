import type { SiteKind } from '#shared/roster/roster.vocabulary.ts'
import type { Mapping } from './roster.columns.ts'
import type { Table } from './roster.files.ts'
import { fold, readCode, readDegrees, readSiteKind } from './roster.values.ts'
import {
  compareRows,
  type Draft,
  type DryRun,
  draftRows,
  type RowReader,
  settleRows,
} from './roster.verdicts.ts'

export interface SiteValue {
  code: string
  kind: SiteKind
  name: string
  address: string | null
  postcode: string | null
  town: string | null
  /** Decimal degrees (WGS 84), rounded to six places; both or neither. */
  latitude: number | null
  longitude: number | null
}

const LONGEST = { code: 30, name: 120, text: 200, postcode: 12 }

/**
 * Judges every row of a sites file like `judgePeople` does. A site whose coordinates are missing
 * or wrong is kept without them (its people need it; only wishes by distance do not reach it).
 */
export function judgeSites<Existing extends SiteValue>(input: {
  table: Table
  mapping: Mapping
  existing: Existing[]
}): DryRun<SiteValue, Existing> {
  const { table, existing } = input
  const mapping = wholePosition(input.mapping)
  const drafts = draftRows(table, mapping, (row) => readSite(row, mapping))
  const repetitions = compareRows(drafts, { keyField: 'code', sharedCode: 'site_code_shared' })
  return settleRows(drafts, repetitions, existing, (site) => site.code, mapping)
}

/** One coordinate without the other is no position: such a file leaves known positions as they are. */
function wholePosition(mapping: Mapping): Mapping {
  const { latitude, longitude, ...others } = mapping
  return latitude === undefined || longitude === undefined ? others : mapping
}

function readSite(row: RowReader, mapping: Mapping): Omit<Draft<SiteValue>, 'row'> {
  const code = readCode(row.text('code', LONGEST.code))
  const name = row.text('name', LONGEST.name)
  const kindText = row.text('kind', LONGEST.text)
  const kind = readSiteKind(kindText)
  if (code === '') row.find('site_code_missing', 'code')
  if (name === '') row.find('site_name_missing', 'name')
  if (kindText === '') row.find('site_kind_missing', 'kind')
  else if (kind === null) row.find('site_kind_unknown', 'kind')
  const value = {
    code,
    kind: kind!,
    name,
    address: row.text('address', LONGEST.text) || null,
    postcode: row.text('postcode', LONGEST.postcode) || null,
    town: row.text('town', LONGEST.text) || null,
    ...readCoordinates(row, mapping),
  }
  return {
    key: code || null,
    identity: name ? fold(name) : null,
    value: row.rejected ? null : value,
  }
}

function readCoordinates(
  row: RowReader,
  mapping: Mapping,
): Pick<SiteValue, 'latitude' | 'longitude'> {
  if (mapping.latitude === undefined) return { latitude: null, longitude: null }
  const latitude = readCoordinate(row, 'latitude', 90)
  const longitude = readCoordinate(row, 'longitude', 180)
  // Half a position is none.
  return latitude === null || longitude === null
    ? { latitude: null, longitude: null }
    : { latitude, longitude }
}

function readCoordinate(
  row: RowReader,
  field: 'latitude' | 'longitude',
  limit: number,
): number | null {
  const text = row.text(field, LONGEST.text)
  if (text === '') {
    row.find('coordinate_missing', field)
    return null
  }
  const degrees = readDegrees(text)
  if (degrees === null) row.find('coordinate_unreadable', field)
  else if (Math.abs(degrees) > limit) row.find('coordinate_out_of_range', field)
  else return Math.round(degrees * 1e6) / 1e6
  return null
}
