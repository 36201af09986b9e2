import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '#server/platform/clock.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { laptop, lookAt, openStage, phone, type Stage, signInByLink } from '../support/browser.ts'

const files = new URL('../../server/src/demo/nouvelle-aquitaine/', import.meta.url)
const file = (name: string) => fileURLToPath(new URL(name, files))

let stage: Stage
let regionId: string
let director: string
beforeAll(async () => {
  stage = await openStage(systemClock)
  const { db } = stage.installation.services
  const made = await makeRegion(db, systemClock.now(), { name: 'Nouvelle-Aquitaine' })
  regionId = made.regionId
  director = made.director
})
afterAll(() => stage.close())

const roster = () => `${stage.url}/regions/${regionId}/effectifs`

it('brings the files of HR in, looked at before they count, on a laptop', async () => {
  const page = await stage.open(laptop)
  await signInByLink(stage, page, director)
  await page.goto(roster())
  await page.getByRole('heading', { name: 'Effectifs et sites' }).waitFor()
  await expect.poll(() => page.getByLabel('Fichier des effectifs').isDisabled()).toBe(true)
  await lookAt(page, 'roster-empty')

  await page.getByLabel('Fichier des sites').setInputFiles(file('sites.csv'))
  await page.getByRole('heading', { name: 'Vérifier les colonnes' }).waitFor()
  await lookAt(page, 'roster-columns-sites')
  await page.getByRole('button', { name: /^Vérifier les/ }).click()
  await page.getByRole('button', { name: /Importer : créer 101/ }).waitFor()
  await lookAt(page, 'roster-verdict-sites')
  await page.getByRole('button', { name: /Importer : créer 101/ }).click()
  await page.getByText('Les sites sont là').waitFor()
  await lookAt(page, 'roster-done-sites')
  await page.getByRole('link', { name: 'Importer les effectifs' }).click()

  await page.getByLabel('Fichier des effectifs').setInputFiles(file('effectifs.csv'))
  await page.getByRole('heading', { name: 'Vérifier les colonnes' }).waitFor()
  await lookAt(page, 'roster-columns-people')
  await page.getByRole('button', { name: /^Vérifier les/ }).click()
  await page.getByRole('heading', { name: 'Ce qui mérite un regard' }).waitFor()
  await lookAt(page, 'roster-verdict-people')
  await page.getByRole('button', { name: '14 rejetées' }).click()
  await expect.poll(() => page.getByRole('rowheader').count()).toBe(14)
  await page.getByRole('button', { name: /Importer : créer 2.861 personnes/ }).click()
  await page.getByText('Vérifiez les métiers à découvrir').waitFor()
  await page.getByRole('link', { name: 'Voir les métiers' }).click()
  await page
    .getByText(/2.861 personnes/)
    .first()
    .waitFor()
  await lookAt(page, 'roster-known')

  await page.getByLabel('Chercher').fill('martin cleandre')
  await page.getByText('cleandre.martin@nouvelle-aquitaine.example').waitFor()
})

it('finds the same file unchanged, on a phone', async () => {
  const page = await stage.open(phone)
  await signInByLink(stage, page, director)
  await page.goto(roster())
  await page.getByLabel('Fichier des effectifs').setInputFiles(file('effectifs.csv'))
  await page.getByRole('heading', { name: 'Vérifier les colonnes' }).waitFor()
  await lookAt(page, 'roster-columns-people')
  await page.getByRole('button', { name: /^Vérifier les/ }).click()
  await page.getByText('Ce fichier ne change rien').waitFor()
  await lookAt(page, 'roster-verdict-people')
  await page.getByRole('button', { name: 'Abandonner' }).click()
  await page.getByRole('heading', { name: 'Effectifs et sites' }).waitFor()
  await lookAt(page, 'roster-known')
})

it('asks only about the columns it cannot tell, and remembers the answer', async () => {
  const page = await stage.open(laptop)
  await signInByLink(stage, page, director)
  await page.goto(roster())
  const rows = ['Zz;Nom;Prénom;Qui;Où;Temps de travail', 'Z1;Aubry;Zoé;z1@r.example;BOU-64-019;80%']
  const buffer = Buffer.from(rows.join('\n'))
  const sent = { name: 'nouveaux.csv', mimeType: 'text/csv', buffer }
  await page.getByLabel('Fichier des effectifs').setInputFiles(sent)
  await page.getByText('Il manque une colonne indispensable').waitFor()
  await lookAt(page, 'roster-columns-unsure')
  await expect.poll(() => page.getByRole('button', { name: /^Vérifier/ }).isDisabled()).toBe(true)
  await page.getByLabel('« Zz » devient').selectOption('Matricule (indispensable)')
  await page.getByRole('button', { name: /^Vérifier/ }).click()
  await page.getByText(/2.861 personnes connues ne sont pas dans ce fichier/).waitFor()
  await page.getByRole('button', { name: 'Voir la liste' }).click()
  await lookAt(page, 'roster-verdict-few')
  await page.getByRole('button', { name: 'Abandonner' }).click()
  await page.getByLabel('Fichier des effectifs').setInputFiles(sent)
  await page.getByText('Vos choix de la dernière fois').waitFor()
})

it('says in plain words what is wrong with a file that is no roster', async () => {
  const page = await stage.open(phone)
  await signInByLink(stage, page, director)
  await page.goto(roster())
  const buffer = Buffer.from('%PDF-1.7 not a roster')
  await page
    .getByLabel('Fichier des effectifs')
    .setInputFiles({ name: 'effectifs.xlsx', mimeType: 'application/pdf', buffer })
  await page.getByText('Ce fichier n’est ni un CSV ni un classeur XLSX').waitFor()
  await lookAt(page, 'roster-refused')
})
