import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../app/words.ts'
import classes from './Answers.module.css'
import type { Drift } from './answers.pictures.ts'

const widest = 1000
const panel = { width: 156, height: 190, gap: 10 }
const bar = { width: 24, gap: 4, base: 136, most: 72 }

/** Reactions from grey to warm, a small picture a reminder, side by side where there is room. */
export function DriftPicture({
  label,
  drifts,
}: {
  /** What a screen reader gets; the table beside it has the figures. */
  label: string
  drifts: readonly Drift[]
}) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.min(widest, Math.max(300, measured))
  const across = Math.max(2, Math.floor((width + panel.gap) / (panel.width + panel.gap)))
  const step = Math.min(panel.width + panel.gap, (width + panel.gap) / across)
  const height = Math.ceil(drifts.length / across) * panel.height
  return (
    <div ref={ref}>
      <svg
        className={classes.drift}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
      >
        <Hatches />
        {drifts.map((drift, place) => {
          const x = (place % across) * step
          const y = Math.floor(place / across) * panel.height
          return (
            <g key={drift.position} transform={`translate(${x} ${y})`}>
              <Panel drift={drift} width={step - panel.gap} />
            </g>
          )
        })}
      </svg>
    </div>
  )
}

/** Grey is hatched, the middle dotted, warm is plain: one reads it without colour too. */
function Hatches() {
  return (
    <defs>
      <pattern id="drift-1" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" className={classes.grey} />
        <path d="M0 5 5 0" className={classes.onGrey} />
      </pattern>
      <pattern id="drift-2" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className={classes.paleGrey} />
        <path d="M0 8 8 0" className={classes.onPale} />
      </pattern>
      <pattern id="drift-3" width="7" height="7" patternUnits="userSpaceOnUse">
        <rect width="7" height="7" className={classes.middle} />
        <circle cx="3.5" cy="3.5" r="1.2" className={classes.dot} />
      </pattern>
    </defs>
  )
}

function Panel({ drift, width }: { drift: Drift; width: number }) {
  const { t } = useTranslation('answers')
  const words = useWords()
  const { position, total, steps, warm } = drift
  const inside = steps.length * bar.width + (steps.length - 1) * bar.gap
  const from = (width - inside) / 2
  const most = Math.max(...steps.map(({ count }) => count), 1)
  return (
    <>
      <rect className={classes.panel} width={width} height={panel.height - 10} rx="12" />
      <text className={classes.panelTitle} x={width / 2} y="24" textAnchor="middle">
        {position}
      </text>
      {total === 0 ? (
        <text className={classes.panelText} x={width / 2} y="96" textAnchor="middle">
          {t('drift.none')}
        </text>
      ) : (
        <>
          {steps.map(({ warmth, count }, place) => {
            const x = from + place * (bar.width + bar.gap)
            const tall = Math.max(2, (count / most) * bar.most)
            return (
              <g key={warmth}>
                <rect
                  className={classes[`warmth${warmth}`]}
                  x={x}
                  y={bar.base - tall}
                  width={bar.width}
                  height={tall}
                  rx="3"
                />
                <text
                  className={classes.panelText}
                  x={x + bar.width / 2}
                  y={bar.base - tall - 5}
                  textAnchor="middle"
                >
                  {words.count(count)}
                </text>
              </g>
            )
          })}
          <path className={classes.ground} d={`M${from} ${bar.base}h${inside}`} />
          <text className={classes.panelShare} x={width / 2} y="163" textAnchor="middle">
            {t('drift.warm', { share: words.percent(warm) })}
          </text>
        </>
      )}
    </>
  )
}
