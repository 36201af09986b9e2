import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The way back from any page of a day to its director’s page. */
export function BackToDay({ dayId }: { dayId: string }) {
  const { t } = useTranslation('app')
  return (
    <Link to="/journees/$dayId" params={{ dayId }}>
      {t('backToDay')}
    </Link>
  )
}
