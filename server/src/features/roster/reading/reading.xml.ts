/** One step through an XML text: a tag, or the text that stands before it. */
export interface XmlTag {
  /** Local name: some writers prefix every element (`x:row`). */
  name: string
  attributes: string
  opens: boolean
  /** `<a/>` opens and closes at once. */
  closes: boolean
  /** The decoded text between the previous tag and this one. */
  text: string
}

/**
 * Walks through the tags of a spreadsheet part. Deliberately small: no document types and no
 * entities beyond the five of XML and character numbers, so nothing in a file can expand.
 */
export function* walkXml(xml: string): Generator<XmlTag> {
  let text = ''
  let at = 0
  while (at < xml.length) {
    const open = xml.indexOf('<', at)
    if (open < 0) return
    text += unescapeXml(xml.slice(at, open))
    if (xml.startsWith('<!--', open)) {
      at = after(xml, '-->', open)
      continue
    }
    if (xml.startsWith('<![CDATA[', open)) {
      const end = after(xml, ']]>', open)
      text += xml.slice(open + 9, end - 3)
      at = end
      continue
    }
    const end = xml.indexOf('>', open)
    if (end < 0) return
    at = end + 1
    const first = xml.charCodeAt(open + 1)
    if (first === 63 /* ? */ || first === 33 /* ! */) continue
    const closing = first === 47 /* slash */
    const selfClosing = !closing && xml.charCodeAt(end - 1) === 47
    const inner = xml.slice(open + (closing ? 2 : 1), selfClosing ? end - 1 : end)
    const space = inner.search(/\s/)
    const name = space < 0 ? inner : inner.slice(0, space)
    yield {
      name: name.slice(name.indexOf(':') + 1),
      attributes: space < 0 ? '' : inner.slice(space),
      opens: !closing,
      closes: closing || selfClosing,
      text,
    }
    text = ''
  }
}

/** The value of one attribute by its local name, or null. */
export function attribute(attributes: string, name: string): string | null {
  for (let from = 0; ; ) {
    const at = attributes.indexOf(`${name}=`, from)
    if (at < 0) return null
    const before = attributes.charCodeAt(at - 1)
    const quote = attributes[at + name.length + 1]!
    if ((before <= 32 || before === 58) && (quote === '"' || quote === "'")) {
      const start = at + name.length + 2
      const end = attributes.indexOf(quote, start)
      return end < 0 ? null : unescapeXml(attributes.slice(start, end))
    }
    from = at + 1
  }
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g,
    (whole, hex, dec, name) => {
      if (name) return named[name] ?? whole
      const point = hex ? Number.parseInt(hex, 16) : Number(dec)
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    },
  )
}

function after(xml: string, marker: string, from: number): number {
  const at = xml.indexOf(marker, from)
  return at < 0 ? xml.length : at + marker.length
}
