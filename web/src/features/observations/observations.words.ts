import { useTranslation } from 'react-i18next'
import type { Waiting } from './observations.outbox.ts'

/** Under a thumb it is a telephone; a shared workstation is not one. */
const isPhone = () => matchMedia('(pointer: coarse)').matches

/** Sentences about what waits on this device. */
export function useDeviceWords() {
  const { t } = useTranslation('observations')
  const device = isPhone() ? 'phone' : 'desk'
  return {
    toSend: (count: number) => t(`outbox.${device}`, { count }),
    /** Where one observation is, and what becomes of it. */
    whyKept: ({ entry, state }: Waiting) =>
      entry.refused ? entry.refused.title : t(`outbox.state.${state}`),
  }
}
