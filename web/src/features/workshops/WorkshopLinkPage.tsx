import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type LinkedWorkshop,
  workshopLinksRoutes as routes,
} from '#shared/workshops/workshops.links.contract.ts'
import { queryFor } from '../../app/api.ts'
import { Page } from '../../ui/Page.tsx'
import { ChooseSessions } from './ChooseSessions.tsx'
import { ChosenSessions } from './ChosenSessions.tsx'
import { LinkedTo } from './LinkedTo.tsx'
import { MySeat } from './MySeat.tsx'
import { NoSeat } from './NoSeat.tsx'
import { type LinkedStanding, linkedStandingOf } from './workshops.linked.ts'

/** Where the mail of a workshop leads, without an account. Opening it changes nothing. */
export function WorkshopLinkPage() {
  const { token } = useParams({ from: '/atelier/$token' })
  const linked = useQuery({
    ...queryFor(routes.linkedWorkshop, { params: { token } }),
    retry: false,
  })
  return (
    <LinkedTo query={linked}>{(workshop) => <Linked workshop={workshop} token={token} />}</LinkedTo>
  )
}

/** What the parts of somebody’s page share. */
export interface LinkedPart {
  workshop: LinkedWorkshop
  token: string
}

function Linked({ workshop, token }: LinkedPart) {
  const { t } = useTranslation('workshops')
  const [changing, setChanging] = useState(false)
  const [gaveUp, setGaveUp] = useState(false)
  const standing = linkedStandingOf(workshop)
  const choosing = standing === 'asked' || (changing && workshop.choosing)
  const justLeft = gaveUp && (standing === 'waiting' || standing === 'unseated')
  return (
    <Page
      title={t(`linked.${choosing ? 'asked' : justLeft ? 'gaveUp' : standing}.title`)}
      kicker={workshop.title}
      lead={t('linked.hello', { name: workshop.firstName })}
      width="narrow"
    >
      {choosing ? (
        <ChooseSessions
          workshop={workshop}
          token={token}
          onDone={() => {
            setChanging(false)
            // The button was at the foot of the page, what became of it is at its head.
            scrollTo({ top: 0 })
            document.getElementById('page-title')?.focus()
          }}
        />
      ) : (
        <Told
          standing={standing}
          workshop={workshop}
          token={token}
          onChange={() => setChanging(true)}
          justLeft={justLeft}
          onGivenUp={() => setGaveUp(true)}
        />
      )}
    </Page>
  )
}

function Told({
  standing,
  onChange,
  justLeft,
  onGivenUp,
  ...part
}: LinkedPart & {
  standing: Exclude<LinkedStanding, 'asked'>
  onChange: () => void
  /** They have just given their seat up, and are told so first. */
  justLeft: boolean
  onGivenUp: () => void
}) {
  switch (standing) {
    case 'answered':
    case 'declined':
    case 'awaiting':
    case 'cancelled':
      return <ChosenSessions standing={standing} onChange={onChange} {...part} />
    case 'waiting':
    case 'unseated':
      return <NoSeat standing={standing} justLeft={justLeft} {...part} />
    default:
      return <MySeat standing={standing} onGivenUp={onGivenUp} {...part} />
  }
}
