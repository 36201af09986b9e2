import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { programmesRoutes } from '#shared/programmes/programmes.contract.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import type { WorkshopAudience } from '#shared/workshops/workshops.vocabulary.ts'
import { call, queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { AudienceFields } from '../programmes/AudienceFields.tsx'
import classes from './Workshops.module.css'
import type { SessionDraft } from './workshops.drafts.ts'

/** Whom a workshop is for: groups of the region, or everybody of a programme. */
export function WorkshopAudienceFields({
  regionId,
  audience,
  onAudience,
}: {
  regionId: string
  audience: WorkshopAudience
  onAudience: (audience: WorkshopAudience) => void
}) {
  const { t } = useTranslation('workshops')
  const listed = useQuery(queryFor(programmesRoutes.programmes, { params: { regionId } }))
  const programmes = listed.data?.programmes ?? []
  const chosen = audience.who === 'programme'
  const [newest] = programmes
  return (
    <div className={classes.fields}>
      <AudienceFields
        regionId={regionId}
        audience={chosen ? null : audience}
        onAudience={onAudience}
        {...(newest || chosen
          ? {
              beside: {
                label: t('audience.programme'),
                hint: t('audience.programmeHint'),
                onChoose: () => newest && onAudience({ who: 'programme', programmeId: newest.id }),
              },
            }
          : {})}
      />
      {chosen && (
        <NativeSelect
          label={t('audience.which')}
          value={audience.programmeId}
          data={programmes.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget: { value } }) =>
            onAudience({ who: 'programme', programmeId: value })
          }
        />
      )}
    </div>
  )
}

/** « 42 places pour 57 personnes », as one writes. */
export function SeatsForPeople({
  regionId,
  audience,
  sessions,
}: {
  regionId: string
  audience: WorkshopAudience
  sessions: SessionDraft[]
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const counted = useQuery({
    queryKey: ['api', 'regions', regionId, 'workshop-audience', audience],
    queryFn: () => call(routes.audience, { params: { regionId }, body: { audience } }),
    placeholderData: (before) => before,
  })
  if (!counted.data) return null
  const { people, withoutAddress } = counted.data
  const seats = sessions.reduce((sum, one) => sum + one.seats, 0)
  return (
    <p>
      <strong className={classes.balance}>
        {t('balance.seats', { count: seats, number: words.count(seats) })}{' '}
        {t('balance.people', { count: people, number: words.count(people) })}
      </strong>
      {withoutAddress > 0 && (
        <>
          <br />
          {t('figures.withoutAddress', {
            count: withoutAddress,
            number: words.count(withoutAddress),
          })}
        </>
      )}
    </p>
  )
}
