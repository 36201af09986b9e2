import type { SceneDrawing } from '#shared/reminders/reminders.story.ts'
import type { DrawingName } from '../../ui/drawings/Drawing.tsx'

/** The drawing a story names, as the screens call it. */
export const drawingOfScene = (drawing: SceneDrawing): DrawingName =>
  drawing === 'callback' ? 'callBack' : drawing
