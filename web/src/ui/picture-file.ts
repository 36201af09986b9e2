/** What stands around a picture in its file. */
export interface PictureWords {
  title: string
  /** Under the title: the day, its date, the filters. */
  about: string
  /** At the foot: what the shades mean, and how many observations it shows. */
  foot: string
}

const margin = 32
const head = 92
const foot = 56
const drawing = 'http://www.w3.org/2000/svg'
const copied = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
]

/**
 * The picture on screen as a file of its own: the SVG in `host`, or else its table drawn as it
 * stands, with title and foot around it, every style written out and both typefaces inside.
 */
export async function pictureFile(host: HTMLElement, words: PictureWords): Promise<string> {
  const shown = host.querySelector('svg')
  const table = host.querySelector('table')
  const inner = shown ? copyOf(shown) : table ? drawnTable(table) : undefined
  if (!inner) throw new Error('no picture to keep')
  const width = Number(inner.getAttribute('width'))
  const height = Number(inner.getAttribute('height'))
  const whole = made('svg', {
    xmlns: drawing,
    width: width + 2 * margin,
    height: height + head + foot,
  })
  whole.setAttribute('viewBox', `0 0 ${width + 2 * margin} ${height + head + foot}`)
  const style = made('style', {})
  style.textContent = await typefaces()
  inner.setAttribute('x', String(margin))
  inner.setAttribute('y', String(head))
  inner.setAttribute('overflow', 'visible')
  const look = getComputedStyle(document.documentElement)
  const [ink, paper] = ['--ink', '--card'].map((name) => look.getPropertyValue(name).trim())
  const title = look.getPropertyValue('--font-title')
  const text = look.getPropertyValue('--font-text')
  const line = (y: number, size: number, family: string, weight: number, said: string) => {
    const element = made('text', { x: margin, y, fill: ink ?? '', 'font-size': size })
    element.setAttribute('font-family', family)
    element.setAttribute('font-weight', String(weight))
    element.textContent = said
    return element
  }
  whole.append(
    style,
    made('rect', { width: '100%', height: '100%', fill: paper ?? '' }),
    line(44, 26, title, 750, words.title),
    line(70, 15, text, 400, words.about),
    inner,
    line(head + height + 36, 14, text, 400, words.foot),
  )
  return new XMLSerializer().serializeToString(whole)
}

/** The same as pixels, twice as fine as on screen: what a projector shows of a slide. */
export async function picturePixels(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * image.width
  canvas.height = 2 * image.height
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error('the browser makes no PNG')
  return blob
}

function made(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(drawing, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

/** Every part with the style it has on screen; classes mean nothing in a file. */
function copyOf(shown: SVGSVGElement): SVGElement {
  const copy = shown.cloneNode(true) as SVGElement
  copy.removeAttribute('class')
  const parts = copy.querySelectorAll('*')
  for (const [place, part] of shown.querySelectorAll('*').entries()) {
    const style = getComputedStyle(part)
    for (const name of copied) parts[place]?.setAttribute(name, style.getPropertyValue(name))
    parts[place]?.removeAttribute('class')
  }
  return copy
}

/** A table as rectangles and lines of text, each where it stands on screen. */
function drawnTable(table: HTMLTableElement): SVGElement {
  const origin = table.getBoundingClientRect()
  const svg = made('svg', { width: Math.ceil(origin.width), height: Math.ceil(origin.height) })
  for (const cell of table.querySelectorAll('th, td')) {
    const box = cell.querySelector('button, span') ?? cell
    const { x, y, width, height } = box.getBoundingClientRect()
    const style = getComputedStyle(box)
    if (box !== cell) {
      const stroke = style.borderTopColor
      const place = { x: x - origin.x, y: y - origin.y, width, height, rx: 12 }
      svg.append(made('rect', { ...place, fill: style.backgroundColor, stroke }))
    }
    svg.append(...linesOf(box, origin, style))
  }
  return svg
}

/** Words that stand at the same height are one line. */
function linesOf(box: Element, origin: DOMRect, style: CSSStyleDeclaration): SVGElement[] {
  const said = box.querySelector('[aria-hidden]')?.firstChild ?? box.firstChild
  if (!(said instanceof Text)) return []
  const lines = new Map<number, { left: number; right: number; bottom: number; words: string[] }>()
  for (const { 0: word, index } of said.data.matchAll(/\S+/g)) {
    const range = document.createRange()
    range.setStart(said, index)
    range.setEnd(said, index + word.length)
    const { left, right, top, bottom } = range.getBoundingClientRect()
    const line = lines.get(Math.round(top)) ?? { left, right, bottom, words: [] }
    line.right = right
    line.words.push(word)
    lines.set(Math.round(top), line)
  }
  return [...lines.values()].map(({ left, right, bottom, words }) => {
    const size = Number.parseFloat(style.fontSize)
    const element = made('text', {
      x: (left + right) / 2 - origin.x,
      y: bottom - origin.y - size * 0.27,
    })
    element.setAttribute('text-anchor', 'middle')
    element.setAttribute('fill', style.color)
    element.setAttribute('font-family', style.fontFamily)
    element.setAttribute('font-size', style.fontSize)
    element.setAttribute('font-weight', style.fontWeight)
    element.textContent = words.join(' ')
    return element
  })
}

/** The Latin part of both typefaces, inside the file: it looks the same where they are not installed. */
async function typefaces(): Promise<string> {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
  const faces = await Promise.all(
    rules.map(async (rule) => {
      const source = /url\("?([^")]*latin-wght[^")]*)"?\)/.exec(rule.style.getPropertyValue('src'))
      if (!source?.[1]) return ''
      const address = new URL(source[1], rule.parentStyleSheet?.href ?? document.baseURI)
      const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer())
      const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
      const family = rule.style.getPropertyValue('font-family')
      return `@font-face{font-family:${family};font-weight:200 900;src:url(data:font/woff2;base64,${letters}) format("woff2")}`
    }),
  )
  return faces.join('')
}
