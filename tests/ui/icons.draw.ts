// Draws the icons of the installed app from our own heart card.  npm run icons:draw
import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { browserProgram } from '../support/program.ts'

const publicFolder = fileURLToPath(new URL('../../web/public/', import.meta.url))
const card = await readFile(`${publicFolder}heart.svg`, 'utf8')

/**
 * Systems cut a maskable icon to their own shape: everything that matters stays in the circle of
 * 40 % around the middle (W3C manifest, « safe zone »), on a ground that reaches every edge.
 */
const icons = [
  { file: '192.png', size: 192, share: 1, ground: 'transparent' },
  { file: '512.png', size: 512, share: 1, ground: 'transparent' },
  { file: '180.png', size: 180, share: 0.84, ground: '#faf8f4' },
  { file: 'maskable-512.png', size: 512, share: 0.66, ground: '#faf8f4' },
]

const browser = await chromium.launch({
  executablePath: await browserProgram(),
  args: ['--no-sandbox', '--disable-gpu'],
})
await mkdir(`${publicFolder}icons`, { recursive: true })
for (const { file, size, share, ground } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const style = `margin:0;display:grid;place-items:center;height:100vh;background:${ground}`
  await page.setContent(
    `<body style="${style}">${card.replace('<svg', `<svg width="${size * share}"`)}`,
  )
  await page.screenshot({ path: `${publicFolder}icons/${file}`, omitBackground: true })
}
await browser.close()
