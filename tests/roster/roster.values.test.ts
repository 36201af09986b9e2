import { expect, test } from 'vitest'
import { jobTitleKey, suggestRole } from '#server/features/roster/roster.jobtitles.ts'
import {
  displayName,
  looksLikeFormula,
  readCode,
  readDegrees,
  readEmail,
  readPhone,
  readSiteKind,
} from '#server/features/roster/roster.values.ts'

test.each([
  ['MARTIN', 'Martin'],
  ['LE GALL', 'Le Gall'],
  ["D'ALMEIDA", "D'Almeida"],
  ['JEAN-PIERRE', 'Jean-Pierre'],
  ['éric', 'Éric'],
  ['Da silva', 'Da Silva'],
  ['de Villiers', 'de Villiers'],
  ["d'Ormesson", "d'Ormesson"],
  ['McKay', 'McKay'],
  ['  Le\u00A0 Goff\u200B ', 'Le Goff'],
])('the name « %s » is shown as « %s »', (cell, expected) => {
  expect(displayName(cell)).toBe(expected)
})

test.each([
  [' ZOE@Region.Example\u00A0', 'zoe@region.example'],
  ['mailto:zoe@region.example', 'zoe@region.example'],
  ['<zoe@region.example>', 'zoe@region.example'],
  ['zoe@region', null],
  ['zoe at region.example', null],
  ['zoe@region.example,', null],
  ['à renseigner', null],
  ['zoé@region.example', null],
  ['zoe@@region.example', null],
  ['', null],
])('the address « %s » reads as %s', (cell, expected) => {
  expect(readEmail(cell)).toBe(expected)
})

test.each([
  ['06 39 98 53 71', '06 39 98 53 71'],
  ['06.39.98.53.71', '06 39 98 53 71'],
  ['+33 (0)6 39 98 53 71', '06 39 98 53 71'],
  ['0033639985371', '06 39 98 53 71'],
  ['639985371', '06 39 98 53 71'],
  ['+32 470 12 34 56', '+32470123456'],
  ['3900', '3900'],
  ['poste inconnu', null],
  ['12', null],
])('the phone number « %s » reads as %s', (cell, expected) => {
  expect(readPhone(cell)).toBe(expected)
})

test.each([
  ['44,84420', 44.8442],
  ['-0.59078', -0.59078],
  ['−0,5', -0.5],
  ['44,84,1', null],
  ['Nord', null],
])('the coordinate « %s » reads as %s', (cell, expected) => {
  expect(readDegrees(cell)).toBe(expected)
})

test.each([
  ['402 198', '402198'],
  ['402198.0', '402198'],
  [' bou-40-049 ', 'BOU-40-049'],
  ['007', '007'],
])('the code « %s » compares as %s', (cell, expected) => {
  expect(readCode(cell)).toBe(expected)
})

test.each([
  ['Plateau', 'plateau'],
  ['Centre d’appels', 'plateau'],
  ['call center', 'plateau'],
  ['Shop', 'boutique'],
  ['Unité d’intervention', 'intervention'],
  ['Field base', 'intervention'],
  ['Offices', 'bureaux'],
  ['Siège', 'bureaux'],
  ['piscine', null],
])('the kind of site « %s » is %s', (cell, expected) => {
  expect(readSiteKind(cell)).toBe(expected)
})

test('a formula is told from a number and a phone number', () => {
  for (const cell of ['=1+1', '+cmd|x', '-2+3+cmd', '@SUM(A1)', ' =A1'])
    expect(looksLikeFormula(cell)).toBe(true)
  for (const cell of ['-0,59', '+33 6 39 98 53 71', 'a=b', ''])
    expect(looksLikeFormula(cell)).toBe(false)
})

test.each([
  ['Téléopératrice assistance technique', 'support_operator'],
  ['Téléopérateur service client', 'service_operator'],
  ['Opérateur de rappel clients insatisfaits', 'callback_operator'],
  ['VENDEUSE EN BOUTIQUE', 'shop_seller'],
  ['Shop assistant', 'shop_seller'],
  ['Technicienne d’intervention', 'field_technician'],
  ['Field engineer', 'field_technician'],
  ['Chef de projet', null],
  ['Assistant', null],
])('the job « %s » suggests %s', (title, expected) => {
  expect(suggestRole(title)).toBe(expected)
})

test('one job title has one key', () => {
  expect(jobTitleKey('TELEOPERATEUR  Service-client')).toBe(
    jobTitleKey('Téléopérateur service client'),
  )
})
