import type { Page } from 'playwright-core'

/** From one small page of an observation to the next. */
export const next = (page: Page) => page.getByRole('button', { name: 'Continuer' }).click()

/** Fills an observation’s small pages in, up to the one where the words are, which stays open. */
export async function write(page: Page, situation: string): Promise<void> {
  await page.getByText('Qu’est-ce qui agace le client').waitFor()
  await page.getByRole('radio').nth(1).check()
  await next(page)
  await page.getByRole('radio', { name: /Se faire aider/ }).check()
  await next(page)
  await page.getByRole('slider').first().waitFor()
  for (const slider of await page.getByRole('slider').all()) await slider.fill('4')
  await page.getByLabel('En une ligne').fill(situation)
}
