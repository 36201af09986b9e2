import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsRoutes, type Me } from '#shared/accounts/accounts.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { NavGroup } from '../ui/NavGroup.tsx'
import { queryFor } from './api.ts'
import { directedRegions, isAdministrator, trainedRegions } from './grants.ts'

/** Links for what this person may do, a director's by moments; everybody's first is « today ». */
export function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation('app')
  const { region, choose } = useRegion(me)
  return (
    <>
      <Link to="/" activeOptions={{ exact: true }}>
        {t('nav.home')}
      </Link>
      {isAdministrator(me) && (
        <>
          <Link to="/regions">{t('nav.regions')}</Link>
          <Link to="/registre">{t('nav.records')}</Link>
        </>
      )}
      {!region && <Training me={me} />}
      {region && (
        <>
          {directedRegions(me).length > 1 && (
            <RegionPicker me={me} region={region} onChoose={choose} />
          )}
          <Link to="/regions/$regionId/journees" params={{ regionId: region }}>
            {t('nav.days')}
          </Link>
          <NavGroup label={t('nav.prepare')}>
            <Link to="/regions/$regionId/effectifs" params={{ regionId: region }}>
              {t('nav.roster')}
            </Link>
            <Link to="/regions/$regionId/irritants" params={{ regionId: region }}>
              {t('nav.irritants')}
            </Link>
            <Link to="/regions/$regionId/kits" params={{ regionId: region }}>
              {t('nav.kits')}
            </Link>
            <Link to="/regions/$regionId/droits" params={{ regionId: region }}>
              {t('nav.grants')}
            </Link>
          </NavGroup>
          <NavGroup label={t('nav.after')}>
            <Link to="/regions/$regionId/ateliers" params={{ regionId: region }}>
              {t('nav.workshops')}
            </Link>
            <Link to="/regions/$regionId/rappels" params={{ regionId: region }}>
              {t('nav.reminders')}
            </Link>
            <Link to="/regions/$regionId/parcours" params={{ regionId: region }}>
              {t('nav.programmes')}
            </Link>
          </NavGroup>
        </>
      )}
    </>
  )
}

/** For who writes reminders and directs nothing: the workshops, and each region’s reminders. */
function Training({ me }: { me: Me }) {
  const { t } = useTranslation('app')
  const trained = trainedRegions(me)
  const regions = useQuery({ ...queryFor(accountsRoutes.regions), enabled: trained.length > 1 })
  if (trained.length === 0) return null
  const named = (id: string) => regions.data?.find((one) => one.id === id)?.name
  return (
    <>
      <Link to="/ateliers">{t('nav.workshops')}</Link>
      {trained.map((regionId) => (
        <Link key={regionId} to="/regions/$regionId/rappels" params={{ regionId }}>
          {[t('nav.reminders'), named(regionId)].filter(Boolean).join(', ')}
        </Link>
      ))}
    </>
  )
}

/**
 * The region the links lead into: that of the page or of its day, else the one chosen last, else the
 * first one directs.
 */
function useRegion(me: Me) {
  const { regionId, dayId } = useParams({ strict: false })
  const directed = directedRegions(me)
  const [chosen, choose] = useState<string>()
  const day = useQuery({
    ...queryFor(daysRoutes.day, { params: { dayId: dayId ?? '' } }),
    enabled: dayId !== undefined && directed.length > 1,
    retry: false,
  })
  const wanted = [regionId, dayId && day.data?.regionId, chosen]
  return { region: wanted.find((one) => one && directed.includes(one)) ?? directed[0], choose }
}

/** For whoever directs several: one menu, and everything below it is of that region. */
function RegionPicker({
  me,
  region,
  onChoose,
}: {
  me: Me
  region: string
  onChoose: (regionId: string) => void
}) {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const directed = directedRegions(me)
  const regions = useQuery(queryFor(accountsRoutes.regions)).data ?? []
  return (
    // Choosing is not leaving the menu: the frame closes it at any click inside.
    <NativeSelect
      aria-label={t('nav.region')}
      value={region}
      onClick={(event) => event.stopPropagation()}
      data={regions
        .filter(({ id }) => directed.includes(id))
        .map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => {
        const regionId = event.currentTarget.value
        onChoose(regionId)
        void navigate({ to: '/regions/$regionId/journees', params: { regionId } })
      }}
    />
  )
}
