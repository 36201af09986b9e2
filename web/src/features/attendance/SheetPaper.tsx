import { useTranslation } from 'react-i18next'
import type { Sheet } from '#shared/attendance/attendance.sheet.contract.ts'
import { useWords } from '../../app/words.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { Paper } from '../../ui/Paper.tsx'
import { KitView } from '../kits/KitView.tsx'
import { isCut, linesOnPaper, onPaper } from './attendance.excerpt.ts'
import classes from './Sheet.module.css'
import { SheetFacts } from './SheetFacts.tsx'

/** What leaves the printer: the day on exactly one A4 page, or the whole kit on as many as it takes. */
export function SheetPaper({
  sheet,
  kit,
  whole,
}: {
  sheet: Sheet
  kit: Sheet['kits'][number] | undefined
  /** The whole kit without the day. */
  whole: boolean
}) {
  const { t } = useTranslation('attendance')
  const words = useWords()
  const { meeting } = sheet
  const paper = kit && onPaper(kit.kit, linesOnPaper - linesOfHead(sheet))
  return (
    <Paper onePage={!whole}>
      <div className={classes.paper}>
        <header className={classes.paperHead}>
          <p className={classes.corner}>
            10
            <Pip size={14} />
          </p>
          <div>
            <p className={classes.paperDay}>{meeting.day.name}</p>
            <h1>{words.name(meeting.role)}</h1>
          </div>
          <p className={classes.paperName}>{meeting.firstName}</p>
        </header>
        {!whole && <SheetFacts sheet={sheet} />}
        {kit && meeting.kind === 'slot' && (
          <p className={classes.quiet}>{t('sheet.kitOfGuests')}</p>
        )}
        {kit && paper && (
          <div className={classes.columns} data-whole={whole || undefined}>
            <KitView {...kit} kit={whole ? kit.kit : paper} />
          </div>
        )}
        {!whole && kit && paper && isCut(kit.kit, paper) && (
          <p className={classes.paperFoot}>{t('sheet.rest')}</p>
        )}
      </div>
    </Paper>
  )
}

/** What the head of the page takes more from both columns: whose kit it is for a host, and conditions. */
function linesOfHead({ meeting }: Sheet): number {
  const { note, noCalls, accessible, safetyEquipment, languages } = meeting.conditions
  const told = note || noCalls || accessible || safetyEquipment || languages.length > 1
  const lines = told ? 2 + Math.ceil(note.length / 100) : 0
  return 2 * (meeting.kind === 'slot' ? lines + 2 : lines)
}
