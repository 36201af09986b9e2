import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import { CourseShelf } from './CourseShelf.tsx'

/** The courses by themselves, for whoever leads one or wants to know what they are. */
export function CoursesPage() {
  const { t } = useTranslation('workshops')
  return (
    <Page title={t('shelf.title')} lead={t('shelf.lead')}>
      <CourseShelf />
    </Page>
  )
}
