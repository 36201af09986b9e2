import { expect, test } from 'vitest'
import {
  checkMapping,
  guessMapping,
  headerSignature,
} from '#server/features/roster/roster.columns.ts'
import { readHeader } from '#server/features/roster/roster.headers.ts'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'
import { tableOf } from './roster.samples.ts'

const meanings: [RosterKind, string, string | null][] = [
  ['people', 'MATRICULE', 'employeeNumber'],
  ['people', 'N° matricule agent', 'employeeNumber'],
  ['people', 'Employee_ID', 'employeeNumber'],
  ['people', 'Matricule responsable', 'managerNumber'],
  ['people', 'Matricule du responsable hiérarchique', 'managerNumber'],
  ['people', 'Manager ID', 'managerNumber'],
  ['people', 'N+1 (matricule)', 'managerNumber'],
  ['people', 'Nom du responsable', 'managerName'],
  ['people', 'Nom', 'lastName'],
  ['people', 'Nom d’usage', 'lastName'],
  ['people', 'SURNAME', 'lastName'],
  ['people', 'prénom', 'firstName'],
  ['people', 'Given Name', 'firstName'],
  ['people', 'Adresse de messagerie', 'email'],
  ['people', 'E-mail', 'email'],
  ['people', 'Mél.', 'email'],
  ['people', 'Tél. portable', 'phone'],
  ['people', 'Intitulé du poste', 'jobTitle'],
  ['people', 'Poste', 'jobTitle'],
  ['people', 'Lieu de travail', 'siteCode'],
  ['people', 'Code site', 'siteCode'],
  ['people', 'Direction', 'entity'],
  ['people', 'Civilité', 'civility'],
  ['people', 'Temps de travail', 'workingTime'],
  ['people', 'Working time', 'workingTime'],
  ['people', 'Commune', 'homeTown'],
  ['people', 'Code postal', 'homePostcode'],
  ['people', 'Adresse personnelle', 'homeAddress'],
  ['people', 'Date de naissance', 'birth'],
  ['people', 'Salaire annuel', 'pay'],
  ['people', 'Colonne 12', null],
  ['people', '', null],
  ['sites', 'Code site', 'code'],
  ['sites', 'Code postal', 'postcode'],
  ['sites', 'Zip code', 'postcode'],
  ['sites', 'Type', 'kind'],
  ['sites', 'Site name', 'name'],
  ['sites', 'Libellé du site', 'name'],
  ['sites', 'Lat.', 'latitude'],
  ['sites', 'LONGITUDE (WGS84)', 'longitude'],
]
for (const [kind, header, expected] of meanings)
  test(`« ${header} » in a ${kind} file means ${expected ?? 'nothing we know'}`, () => {
    const meaning = readHeader(kind, header)
    const found = meaning === null ? null : 'field' in meaning ? meaning.field : meaning.unneeded
    expect(found).toBe(expected)
  })

test('columns whose names say nothing are told by their cells', async () => {
  const rows = Array.from(
    { length: 20 },
    (_, index) =>
      `40${1000 + index};Mme;A${index}@region.example;06 39 98 00 ${10 + index};BOU-40-049;33000`,
  )
  const table = await tableOf(`a;Titre;c;d;e;f\n${rows.join('\n')}\n`)
  const guess = guessMapping('people', table, ['bou-40-049'])
  expect(guess.mapping).toEqual({ employeeNumber: 0, email: 2, phone: 3, siteCode: 4 })
  expect(guess.columns[1]).toMatchObject({ unneeded: 'civility', samples: [] })
  expect(guess.columns[5]).toMatchObject({ field: null, by: null })
  expect(guess.missing).toEqual(['lastName', 'firstName'])
})

test('positions and kinds of sites are told by their cells', async () => {
  const rows = ['PLA-1;plateau;44,84;-0,59', 'BOU-2;shop;43.70;-1.06', 'BUR-3;Bureaux;46,58;0,33']
  const table = await tableOf(`a;b;c;d\n${rows.join('\n')}\n`)
  expect(guessMapping('sites', table).mapping).toEqual({
    code: 0,
    kind: 1,
    latitude: 2,
    longitude: 3,
  })
})

test('an exact name wins over a loose one, and the first over the second', async () => {
  const table = await tableOf('Libellé site;Nom complet;Nom;Site;Nom\n1;2;3;4;5\n')
  expect(guessMapping('people', table).mapping).toEqual({ lastName: 2, siteCode: 3 })
})

test('a mapping corrected by hand is checked before it is used', async () => {
  const table = await tableOf('a;b;c;d\n1;2;3;4\n')
  const good = { employeeNumber: 0, lastName: 1, firstName: 2, siteCode: 3 }
  expect(checkMapping('people', good, table)).toBeNull()
  expect(checkMapping('people', { ...good, siteCode: 4 }, table)).toEqual({
    code: 'mapping_column_unknown',
    field: 'siteCode',
  })
  expect(checkMapping('people', { ...good, siteCode: 1 }, table)?.code).toBe('mapping_column_twice')
  expect(checkMapping('people', { ...good, latitude: 1 }, table)?.field).toBe('latitude')
  const { siteCode: _, ...without } = good
  expect(checkMapping('people', without, table)).toEqual({
    code: 'mapping_field_missing',
    field: 'siteCode',
  })
})

test('a remembered mapping fits the same columns however they are capitalised, and no others', () => {
  const signature = headerSignature('people', ['Matricule', 'Prénom'])
  expect(headerSignature('people', ['MATRICULE', 'prenom'])).toBe(signature)
  expect(headerSignature('people', ['Prénom', 'Matricule'])).not.toBe(signature)
  expect(headerSignature('sites', ['Matricule', 'Prénom'])).not.toBe(signature)
})
