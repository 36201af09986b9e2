// The day as a line of stations; the present one is open, with whatever you put in `content`.
//   <StationLine label="La journée" words={{ done: 'fait', current: 'en cours', next: 'à venir' }}
//     stations={[{ id: 'prepare', name: 'Préparer', state: 'done', result: '38 sites' }, …]} />
// A line on a laptop, a column on a phone; `link` wraps a station's name when it can be visited.
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Pip } from './drawings/Heart.tsx'
import classes from './StationLine.module.css'

export type StationState = 'done' | 'current' | 'next'

export type Station = {
  id: string
  name: ReactNode
  state: StationState
  /** What came out of it, in a few words, under the name. */
  result?: ReactNode
  /** Shown open: the next action and its three figures. For the current station. */
  content?: ReactNode
}

/** See the top of the file. `words` tells a screen reader the state of each station. */
export function StationLine({
  label,
  stations,
  words,
}: {
  label: string
  stations: Station[]
  words: Record<StationState, string>
}) {
  return (
    <ol
      className={classes.line}
      aria-label={label}
      style={{ gridTemplateColumns: `repeat(${stations.length}, minmax(0, 1fr))` }}
    >
      {stations.map((station, place) => (
        <li
          key={station.id}
          className={classes.station}
          aria-current={station.state === 'current' ? 'step' : undefined}
        >
          <div
            className={classes.head}
            data-state={station.state}
            data-last={place === stations.length - 1 || undefined}
            style={{ gridColumn: place + 1 }}
          >
            <span className={classes.mark} aria-hidden>
              {station.state === 'done' && <IconCheck size={18} stroke={3} />}
              {station.state === 'current' && <Pip size={18} />}
            </span>
            <div className={classes.words}>
              <span className={classes.name}>{station.name}</span>
              <span className={classes.hidden}>, {words[station.state]}</span>
              {station.result && <span className={classes.result}>{station.result}</span>}
            </div>
          </div>
          {station.content && <div className={classes.content}>{station.content}</div>}
        </li>
      ))}
    </ol>
  )
}
