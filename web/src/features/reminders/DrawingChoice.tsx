import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type SceneDrawing, sceneDrawings } from '#shared/reminders/reminders.story.ts'
import { Drawing } from '../../ui/drawings/Drawing.tsx'
import classes from './Editor.module.css'
import { drawingOfScene } from './reminders.drawings.ts'

/** One of our drawings, picked by looking. */
export function DrawingChoice({
  value,
  onChange,
}: {
  value: SceneDrawing
  onChange: (drawing: SceneDrawing) => void
}) {
  const { t } = useTranslation('reminders')
  const group = useId()
  return (
    <fieldset className={classes.drawings}>
      <legend>{t('editor.drawing')}</legend>
      {sceneDrawings.map((one) => (
        <label key={one} className={classes.drawing}>
          <input
            type="radio"
            name={group}
            value={one}
            checked={one === value}
            aria-label={t(`drawings.${one}`)}
            onChange={() => onChange(one)}
          />
          <Drawing name={drawingOfScene(one)} size={36} />
        </label>
      ))}
    </fieldset>
  )
}
