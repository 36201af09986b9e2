import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { feedRoutes } from '#shared/invitations/invitations.feed.contract.ts'
import { addressOf } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import classes from './Confirmations.module.css'
import { googleLink, outlookLink } from './confirmations.calendar.ts'
import type { AnswerBy } from './MeetingAnswer.tsx'

/** Three ways into a calendar, for whoever did not accept the invitation of the mail there. */
export function AddToCalendar({ meeting, by }: { meeting: Meeting; by: AnswerBy }) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const { site } = meeting
  const entry = {
    title: t('calendar.entry', { role: words.name(meeting.role) }),
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    place: `${site.name}, ${site.address}, ${site.postcode} ${site.town}`,
  }
  const elsewhere = { target: '_blank', rel: 'noopener noreferrer' }
  return (
    <Fold title={t('calendar.title')}>
      <p className={classes.quiet}>{t('calendar.already')}</p>
      <div className={classes.calendars}>
        <Button component="a" variant="default" href={fileOf(meeting, by)} download>
          {t('calendar.file')}
        </Button>
        <Button component="a" variant="default" href={googleLink(entry)} {...elsewhere}>
          {t('calendar.google')}
        </Button>
        <Button component="a" variant="default" href={outlookLink(entry)} {...elsewhere}>
          {t('calendar.outlook')}
        </Button>
      </div>
      <p className={classes.quiet}>{t('calendar.told')}</p>
    </Fold>
  )
}

function fileOf({ kind, id }: Meeting, by: AnswerBy): string {
  if (by !== 'session') {
    const route = kind === 'slot' ? feedRoutes.slotLinkFile : feedRoutes.placementLinkFile
    return addressOf(route, { params: by })
  }
  return kind === 'slot'
    ? addressOf(feedRoutes.slotFile, { params: { slotId: id } })
    : addressOf(feedRoutes.placementFile, { params: { placementId: id } })
}
