// A code to photograph: <QrCode of="https://…/debrief/A1B2C3" label="Code à photographier" />
// As wide as what holds it; black on white whatever the ground, with the quiet zone of the standard.
import { encode } from 'uqr'

/** `label` says what it leads to, for whoever does not see it. */
export function QrCode({ of, label }: { of: string; label: string }) {
  const { data, size } = encode(of, { ecc: 'M', border: 4 })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
