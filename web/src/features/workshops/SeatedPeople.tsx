import { useTranslation } from 'react-i18next'
import type { SeatedPreview, Workshop } from '#shared/workshops/workshops.offers.contract.ts'
import { useWords } from '../../app/words.ts'
import { Section } from '../../ui/Page.tsx'
import { SeatHearts } from '../../ui/SeatHearts.tsx'
import classes from './SeatedPeople.module.css'
import { SessionTicket } from './SessionTicket.tsx'
import { heldSessions } from './workshops.sessions.ts'

/** A preview by session: hearts for its seats, and who would sit there with the choice they get. */
export function SeatedPeople({
  workshop,
  people,
}: {
  workshop: Workshop
  people: SeatedPreview[]
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const asked = workshop.status !== 'preparing'
  const without = people.filter(({ sessionId }) => sessionId === null)
  return (
    <>
      <ul className={classes.sessions}>
        {heldSessions(workshop)
          .filter(({ phase }) => phase === 'to-come')
          .map((session) => {
            const here = people.filter(({ sessionId }) => sessionId === session.id)
            const said = t('session.taken', { count: here.length, total: session.seats })
            return (
              <li key={session.id}>
                <SessionTicket session={session} timeZone={workshop.timeZone} level={2}>
                  <SeatHearts taken={here.length} total={session.seats} label={said} />
                  <p className={classes.quiet} aria-hidden>
                    {said}
                  </p>
                  <Names people={here} asked={asked} />
                </SessionTicket>
              </li>
            )
          })}
      </ul>
      {without.length > 0 && (
        <Section
          title={t('seating.without', {
            count: without.length,
            number: words.count(without.length),
          })}
          lead={t('seating.withoutWhy')}
        >
          <Names people={without} asked={false} />
        </Section>
      )}
    </>
  )
}

function Names({ people, asked }: { people: SeatedPreview[]; asked: boolean }) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  return (
    <ul className={classes.names}>
      {people.map(({ personId, name, siteName, rank, kilometres }) => (
        <li key={personId}>
          {rank !== null ? (
            <span className={classes.rank} role="img" aria-label={t('seating.rank', { rank })}>
              {rank}
            </span>
          ) : (
            asked && <span className={classes.rank} data-none aria-hidden />
          )}
          <span>
            {name}
            <span className={classes.quiet}>
              {' '}
              {siteName}
              {kilometres ? `, ${t('seating.away', { number: words.count(kilometres) })}` : ''}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
