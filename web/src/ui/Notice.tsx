// Something to say on the page: <Notice tone="error" title="Le fichier n’a pas été lu">…</Notice>
// tone: info (default), success, warn, error. Errors interrupt a screen reader (role=alert), the
// others wait (role=status). Heart red is for errors only. `action` is what to do about it.
import { IconAlertCircle, IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

const icons = {
  info: IconInfoCircle,
  success: IconCheck,
  warn: IconAlertTriangle,
  error: IconAlertCircle,
}

/** See the top of the file. */
export function Notice({
  tone = 'info',
  title,
  action,
  children,
}: {
  tone?: keyof typeof icons
  title: ReactNode
  action?: ReactNode
  children?: ReactNode
}) {
  const Icon = icons[tone]
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon size={24} stroke={2} aria-hidden />
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children && <div>{children}</div>}
        {action && <div className={classes.action}>{action}</div>}
      </div>
    </div>
  )
}
