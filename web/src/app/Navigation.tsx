import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Me } from '#shared/accounts/accounts.contract.ts'
import { directedRegions, isAdministrator } from './session.ts'

/** Links for what this person may do; everybody's first is « today ». */
export function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation('app')
  const [region] = directedRegions(me)
  return (
    <>
      <Link to="/" activeOptions={{ exact: true }}>
        {t('nav.home')}
      </Link>
      {isAdministrator(me) && <Link to="/regions">{t('nav.regions')}</Link>}
      {region && (
        <>
          <Link to="/regions/$regionId/journees" params={{ regionId: region }}>
            {t('nav.days')}
          </Link>
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
        </>
      )}
    </>
  )
}
