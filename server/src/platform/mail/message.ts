import * as base64 from 'nodemailer/lib/base64'
import type MimeNode from 'nodemailer/lib/mime-node'
import * as quotedPrintable from 'nodemailer/lib/qp'

/**
 * A composed mail in one piece, byte for byte what its own stream gives (RFC 2046 5.1). That stream
 * joins a pipeline for each part and writes some twenty small pieces to the socket, which costs more
 * than the mail itself.
 * @throws Error where a part’s content is to be read from somewhere: ours are made of texts and bytes.
 */
export function wholeMessage(mail: MimeNode): Buffer {
  return Buffer.from(written(mail))
}

function written(part: MimeNode): string {
  const content =
    part.content === undefined ? '' : encoded(part.content, part.getTransferEncoding())
  const start = `${part.buildHeaders()}\r\n\r\n${content}`
  if (!part.multipart) return start
  const inside = part.childNodes.map((child) => `--${part.boundary}\r\n${written(child)}`)
  return `${start}${inside.join('\r\n')}\r\n--${part.boundary}--\r\n`
}

function encoded(content: MimeNode['content'], encoding: string | false): string {
  if (typeof content !== 'string' && !Buffer.isBuffer(content)) throw new Error('not in memory')
  if (encoding === 'base64') return base64.wrap(base64.encode(content))
  if (encoding === 'quoted-printable') return quotedPrintable.wrap(quotedPrintable.encode(content))
  return content.toString()
}
