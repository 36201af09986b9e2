import type { Language } from '#shared/vocabulary/language.ts'
import { escapeHtml } from './layout.text.ts'

type Link = { label: string; url: string }

/** Cleaned texts, not yet escaped. */
export type HtmlPieces = {
  language: Language
  brand: string
  preheader: string
  title: string
  paragraphs: readonly string[]
  facts: readonly { label: string; value: string }[]
  button: Link | null
  afterButton: readonly string[]
  links: readonly Link[]
  reason: string
  unsubscribe: Link | null
}

const face = "font-family:Figtree,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"
const ink = 'color:#1a1613;'
const quiet = 'color:#6b655e;'
// The text variation selector keeps phones from drawing their own emoji heart.
const heart = '&#9829;&#xFE0E;'

// Styles stand on each element, because Gmail and Outlook drop much of a style sheet; the sheet only
// adds what they may lose: dark colours and the narrow screen.
const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; width: 100%; -webkit-text-size-adjust: 100%; }
table { border-collapse: separate; border-spacing: 0; }
a { text-underline-offset: 3px; }
@media (max-width: 520px) {
  .ground { padding: 16px 10px 28px !important; }
  .inside { padding-left: 20px !important; padding-right: 20px !important; }
  .title { font-size: 25px !important; }
  .label, .value { display: block !important; width: auto !important; }
  .label { padding: 12px 18px 0 !important; border-bottom: 0 !important; }
  .value { padding: 1px 18px 12px !important; }
  .button { width: 100% !important; }
  .button a { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .ground, .ground-colour { background: #14110f !important; }
  .card { background: #211d1a !important; border-color: #3a342f !important; }
  .ink { color: #f6f1ea !important; }
  .quiet { color: #b8b0a6 !important; }
  .heart { color: #ff6b7d !important; }
  .corner { background: #2b2622 !important; border-color: #4a453f !important; }
  .facts { background: #2b2622 !important; }
  .label, .value { border-color: #3d3731 !important; }
  .button, .button a { background: #ff8a1f !important; color: #1a1613 !important; }
}
[data-ogsc] .ink { color: #f6f1ea !important; }
[data-ogsc] .quiet { color: #b8b0a6 !important; }
[data-ogsc] .button a { color: #1a1613 !important; }
`

/** The whole HTML part: tables for Outlook, no image, readable from 320 px on, light and dark. */
export function renderHtml(pieces: HtmlPieces): string {
  return `<!doctype html>
<html lang="${pieces.language}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<meta name="x-apple-disable-message-reformatting">
<title>${escapeHtml(pieces.title)}</title>
<style>${sheet}</style>
</head>
<body class="ground-colour" style="margin:0;padding:0;background:#faf8f4;">
<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;">${escapeHtml(pieces.preheader)}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="ground" align="center" bgcolor="#faf8f4" style="background:#faf8f4;padding:36px 20px 44px;">
<!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" align="center"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;margin:0 auto;">
<tr><td class="card" bgcolor="#ffffff" style="background:#ffffff;border:1px solid #e4dfd7;border-radius:20px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="inside" style="padding:28px 36px 0;">${brandRow(pieces.brand)}</td></tr>
<tr><td class="inside" style="padding:24px 36px 34px;">
<h1 class="title ink" style="margin:0 0 18px;${face}font-size:29px;line-height:1.2;font-weight:800;letter-spacing:-0.4px;${ink}">${escapeHtml(pieces.title)}</h1>
${pieces.paragraphs.map(paragraph).join('\n')}
${pieces.facts.length > 0 ? factsTable(pieces.facts) : ''}
${pieces.button ? button(pieces.button) : ''}
${pieces.afterButton.map(note).join('\n')}
${pieces.links.map(secondaryLink).join('\n')}
</td></tr>
</table>
</td></tr>
<tr><td class="inside" style="padding:20px 36px 0;">${footer(pieces)}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`
}

/** The corner index of a playing card beside the name. */
function brandRow(brand: string): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="corner" aria-hidden="true" width="34" align="center" bgcolor="#ffffff" style="width:34px;background:#ffffff;border:1px solid #d6d1c9;border-radius:7px;padding:5px 0 4px;${face}line-height:1;">
<span class="heart" style="display:block;font-size:15px;line-height:16px;font-weight:800;letter-spacing:-0.5px;color:#b0122e;">10</span>
<span class="heart" style="display:block;font-size:16px;line-height:17px;color:#b0122e;font-family:Georgia,'Segoe UI Symbol','Times New Roman',serif;">${heart}</span>
</td>
<td class="ink" style="padding-left:12px;${face}font-size:16px;font-weight:700;letter-spacing:-0.1px;${ink}">${escapeHtml(brand)}</td>
</tr></table>`
}

function paragraph(text: string): string {
  return `<p class="ink" style="margin:0 0 16px;${face}font-size:16px;line-height:1.6;${ink}">${lines(text)}</p>`
}

function note(text: string): string {
  return `<p class="quiet" style="margin:0 0 12px;${face}font-size:14px;line-height:1.55;${quiet}">${lines(text)}</p>`
}

function factsTable(facts: HtmlPieces['facts']): string {
  const rows = facts.map(({ label, value }, index) => {
    const rule = index < facts.length - 1 ? 'border-bottom:1px solid #e4dfd7;' : ''
    return `<tr>
<td class="label quiet" valign="top" width="92" style="width:92px;padding:13px 8px 13px 20px;${rule}${face}font-size:14px;line-height:1.5;${quiet}">${escapeHtml(label)}</td>
<td class="value ink" valign="top" style="padding:12px 20px 12px 8px;${rule}${face}font-size:16px;line-height:1.45;font-weight:600;${ink}word-break:break-word;">${lines(value)}</td>
</tr>`
  })
  return `<table role="presentation" class="facts" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#faf8f4" style="margin:8px 0 24px;background:#faf8f4;border-left:4px solid #ff8a1f;border-radius:4px 14px 14px 4px;">
${rows.join('\n')}
</table>`
}

function button({ label, url }: Link): string {
  return `<table role="presentation" class="button" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px;border-radius:14px;background:#ff8a1f;"><tr><td class="button" align="center" bgcolor="#ff8a1f" style="border-radius:14px;background:#ff8a1f;mso-padding-alt:15px 30px;">
<a href="${escapeHtml(url)}" style="display:inline-block;padding:15px 30px;border-radius:14px;${face}font-size:17px;line-height:1.3;font-weight:700;color:#1a1613;text-decoration:none;mso-padding-alt:0;">${escapeHtml(label)}</a>
</td></tr></table>`
}

function secondaryLink({ label, url }: Link): string {
  return `<p class="ink" style="margin:0 0 10px;${face}font-size:15px;line-height:1.5;${ink}"><a class="ink" href="${escapeHtml(url)}" style="${ink}text-decoration:underline;">${escapeHtml(label)}</a></p>`
}

function footer({ brand, reason, unsubscribe }: HtmlPieces): string {
  const leave = unsubscribe
    ? `<br><a class="quiet" href="${escapeHtml(unsubscribe.url)}" style="${quiet}text-decoration:underline;">${escapeHtml(unsubscribe.label)}</a>`
    : ''
  return `<p class="quiet" style="margin:0;${face}font-size:13px;line-height:1.6;${quiet}">${escapeHtml(brand)} <span class="heart" aria-hidden="true" style="color:#b0122e;font-family:Georgia,'Segoe UI Symbol',serif;">${heart}</span><br>${escapeHtml(reason)}${leave}</p>`
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>')
}
