import type { Locator } from 'playwright-core'

/** Onwards by the button, or by the first way where there is a choice, up to what the story leaves. */
export async function toTheEmotion(player: Locator) {
  const emotion = player.getByText(/^Ce que .+ ressent$/)
  for (let scenes = 0; scenes < 6 && (await emotion.count()) === 0; scenes += 1) {
    const heading = await player.getByRole('heading', { level: 2 }).textContent()
    const next = player.getByRole('button', { name: 'Suite' })
    const way = player.getByRole('listitem').getByRole('button')
    await next.or(way).first().click()
    await player.getByRole('heading', { level: 2, name: heading!, exact: true }).waitFor({
      state: 'detached',
    })
  }
  await emotion.waitFor()
}
