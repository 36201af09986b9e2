import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/Notice.tsx'
import { ApiProblem } from './api.ts'

/** What a failed write says, near its button: the sentence, and the fields at fault. Nothing for no error. */
export function Refused({ error }: { error: Error | null | undefined }) {
  const { t } = useTranslation('app')
  if (!error) return null
  const fields = error instanceof ApiProblem ? (error.problem.fields ?? []) : []
  return (
    <Notice tone="error" title={t('notDone')}>
      {error.message}
      {fields.length > 0 && (
        <ul>
          {fields.map(({ path, message }) => (
            <li key={path}>{message}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
