// A small map drawn from coordinates alone: no tiles, no network, nobody told where one looks.
//   <PlaceMap label="38 sites" places={[{ id, name, latitude, longitude, named: true }]}
//     chosen={[id]} onChoose={setSite} around={{ latitude, longitude, kilometres: 30 }} />
// The pointer's shortcut to a list: always show the same places as a list beside it, which is what
// the keyboard and the screen reader use.

import classes from './PlaceMap.module.css'
import { outline, project } from './place-map.geometry.ts'

export type MapPlace = {
  id: string
  name: string
  latitude: number
  longitude: number
  /** Area of the dot against the others, 1 unless told: places, people. */
  weight?: number
  /** warm (default): something here; grey: nothing yet; alert: needs somebody. */
  tone?: 'warm' | 'grey' | 'alert'
  /** Write the name beside the dot; for the few large towns. */
  named?: boolean
}

const width = 400

/** See the top of the file. `label` is the sentence a screen reader gets instead of the picture. */
export function PlaceMap({
  label,
  places,
  chosen = [],
  onChoose,
  around,
}: {
  label: string
  places: MapPlace[]
  chosen?: readonly string[]
  onChoose?: (id: string) => void
  around?: { latitude: number; longitude: number; kilometres: number }
}) {
  const { height, at, kilometre } = project(places, width, 44)
  // The heavy ones first, so that a shop is not hidden under its call centre.
  const dots = places
    .map((place) => ({ place, ...at(place) }))
    .sort((a, b) => (b.place.weight ?? 1) - (a.place.weight ?? 1))
  const most = Math.max(1, ...places.map((place) => place.weight ?? 1))
  const land = outline(dots)
  const centre = around && at(around)
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={classes.map} role="img" aria-label={label}>
      <path d={land} className={classes.land} />
      {around && centre && (
        <circle
          cx={centre.x}
          cy={centre.y}
          r={around.kilometres * kilometre}
          className={classes.around}
        />
      )}
      {dots.map(({ place, x, y }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the list beside the map does the same
        <g
          key={place.id}
          className={classes.place}
          data-tone={place.tone ?? 'warm'}
          data-chosen={chosen.includes(place.id) || undefined}
          data-open={onChoose ? true : undefined}
          onClick={onChoose && (() => onChoose(place.id))}
        >
          <title>{place.name}</title>
          <circle cx={x} cy={y} r="14" fill="transparent" />
          <circle
            cx={x}
            cy={y}
            r={4 + 8 * Math.sqrt((place.weight ?? 1) / most) * (most > 1 ? 1 : 0.3)}
            className={classes.dot}
          />
        </g>
      ))}
      {dots
        .filter(({ place }) => place.named)
        .map(({ place, x, y }) => (
          <text
            key={place.id}
            x={x > width * 0.7 ? x - 13 : x + 13}
            y={y + 4.5}
            textAnchor={x > width * 0.7 ? 'end' : 'start'}
            className={classes.name}
          >
            {place.name}
          </text>
        ))}
    </svg>
  )
}
