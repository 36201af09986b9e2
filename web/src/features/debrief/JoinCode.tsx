import { useTranslation } from 'react-i18next'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './Debrief.module.css'

/** How a phone comes in: a code to photograph, an address and six letters to type. */
export function JoinCode({ code, large = false }: { code: string; large?: boolean }) {
  const { t } = useTranslation('debrief')
  return (
    <figure className={classes.join} data-large={large || undefined}>
      <QrCode of={`${location.origin}/debrief/${code}`} label={t('join.qr')} />
      <figcaption>
        <span>{t('join.how', { address: `${location.host}/debrief` })}</span>
        <strong>{code}</strong>
      </figcaption>
    </figure>
  )
}
