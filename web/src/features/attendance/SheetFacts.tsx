import { IconMail, IconMapPin, IconPhone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact, Sheet } from '#shared/attendance/attendance.sheet.contract.ts'
import { useWords } from '../../app/words.ts'
import { mapLink } from './attendance.places.ts'
import classes from './Sheet.module.css'

/** When, where, whom to ask for, what to know: the part one looks for on the way. */
export function SheetFacts({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('attendance')
  const words = useWords()
  const { meeting } = sheet
  const { site, day, company } = meeting
  const hosts = meeting.kind === 'slot'
  const coordinators = sheet.contacts.filter((one) => one.as === 'coordinator')
  return (
    <dl className={classes.facts}>
      <Fact name={t('sheet.when')}>
        <strong>{words.fullDate(day.date)}</strong>
        <span>{words.hours(meeting, day.timeZone)}</span>
      </Fact>
      <Fact name={t('sheet.where')}>
        <strong>{site.name}</strong>
        <span>
          {site.address}
          <br />
          {site.postcode} {site.town}
        </span>
        <a
          className={classes.reach}
          data-print="hide"
          href={mapLink(sheet)}
          target="_blank"
          rel="noopener noreferrer"
        >
          <IconMapPin size={20} aria-hidden />
          {t('sheet.map')}
        </a>
      </Fact>
      <Fact name={t(hosts ? 'sheet.guests' : 'sheet.host')}>
        {hosts ? (
          <strong>{company.length > 0 ? words.list(company) : t('sheet.nobody')}</strong>
        ) : (
          sheet.contacts
            .filter((one) => one.as === 'host')
            .map((one) => <OneContact key="host" contact={one} sheet={sheet} />)
        )}
      </Fact>
      {coordinators.length > 0 && (
        <Fact name={t('sheet.coordinator')}>
          {coordinators.map((one) => (
            <OneContact key={`${one.firstName} ${one.email}`} contact={one} sheet={sheet} />
          ))}
        </Fact>
      )}
      <Conditions sheet={sheet} />
    </dl>
  )
}

function Fact({
  name,
  wide = false,
  children,
}: {
  name: string
  /** On paper, a line of its own. */
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div className={classes.fact} data-wide={wide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Somebody to ask for: a number on the day, before it when the number will be there. */
function OneContact({ contact, sheet }: { contact: Contact; sheet: Sheet }) {
  const { t } = useTranslation('attendance')
  const { firstName, lastName, phone, email } = contact
  const { reach, meeting } = sheet
  const silent = reach.open && !phone && !email
  return (
    <div className={classes.contact}>
      <strong>{lastName ? `${firstName} ${lastName}` : firstName}</strong>
      {phone && (
        <a className={classes.reach} href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          <IconPhone size={20} aria-hidden />
          {phone}
        </a>
      )}
      {email && (
        <a className={classes.reach} href={`mailto:${email}`}>
          <IconMail size={20} aria-hidden />
          {email}
        </a>
      )}
      {silent && <span>{t('sheet.atReception', { name: firstName })}</span>}
      {!reach.open && meeting.state === 'open' && (
        <span className={classes.quiet}>{t('sheet.numberLater')}</span>
      )}
    </div>
  )
}

function Conditions({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation(['attendance', 'confirmations'])
  const words = useWords()
  const { conditions } = sheet.meeting
  const flags = (['noCalls', 'accessible', 'safetyEquipment'] as const).filter(
    (flag) => conditions[flag],
  )
  const languages = words.list(words.languages(conditions.languages))
  const spoken = conditions.languages.some((code) => code !== 'fr')
    ? [t('confirmations:card.languages', { languages })]
    : []
  const told = [...flags.map((flag) => t(`confirmations:card.${flag}`)), ...spoken]
  if (told.length === 0 && !conditions.note) return null
  return (
    <Fact name={t('sheet.mind')} wide>
      {told.map((one) => (
        <span key={one}>{one}</span>
      ))}
      {conditions.note && <span>{conditions.note}</span>}
    </Fact>
  )
}
