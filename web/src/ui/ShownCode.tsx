// Six figures and a picture held up or put on a wall, so that people say by themselves that they are there:
//   <ShownCode words="Montrez ce code" code="123456" link="https://…" label="Code à photographier" />
import { QrCode } from './QrCode.tsx'
import classes from './ShownCode.module.css'

/** See the top of the file. `label` says what the picture leads to, for whoever does not see it. */
export function ShownCode({
  words,
  code,
  link,
  label,
}: {
  words: string
  /** Six figures. */
  code: string
  link: string
  label: string
}) {
  return (
    <div className={classes.code}>
      <p>{words}</p>
      <div className={classes.picture}>
        <QrCode of={link} label={label} />
      </div>
      <p className={classes.figures}>
        {code.slice(0, 3)} {code.slice(3)}
      </p>
    </div>
  )
}
