import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import {
  handoversRoutes as routes,
  type SlotHandover,
} from '#shared/handovers/handovers.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { SayNo } from '../confirmations/SayNo.tsx'
import classes from './Handovers.module.css'

/** « Je passe la main » : one colleague is asked, and nothing changes until they say yes. */
export function HandOver({ token, timeZone }: { token: string; timeZone: string }) {
  const { t } = useTranslation('handovers')
  const query = queryFor(routes.slotHandover, { params: { token } })
  const handover = useQuery({ ...query, retry: false })
  if (!handover.data?.open) return null
  const { pending, last } = handover.data
  return (
    <div className={classes.handOver}>
      <Fold title={t('title')} open={pending !== null || last?.status === 'declined'}>
        {pending ? (
          <Pending token={token} pending={pending} timeZone={timeZone} />
        ) : (
          <Ask token={token} handover={handover.data} />
        )}
      </Fold>
    </div>
  )
}

function Pending({
  token,
  pending,
  timeZone,
}: {
  token: string
  pending: NonNullable<SlotHandover['pending']>
  timeZone: string
}) {
  const { t } = useTranslation('handovers')
  const words = useWords()
  const withdraw = useCall(routes.withdraw)
  const values = { name: pending.name, until: words.until(pending.expiresAt, timeZone) }
  return (
    <div className={classes.stack}>
      <Notice title={t('pending.title', values)}>{t('pending.text', values)}</Notice>
      {pending.token && (
        <div className={classes.onTheSpot}>
          <div className={classes.picture}>
            <QrCode
              of={`${window.location.origin}/relais/${pending.token}`}
              label={t('pending.scan', values)}
            />
          </div>
          <p>{t('pending.onTheSpot', values)}</p>
        </div>
      )}
      <Refused error={withdraw.error} />
      <Button
        variant="default"
        fullWidth
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ params: { token } })}
      >
        {t('pending.withdraw')}
      </Button>
    </div>
  )
}

/** More names than a phone shows at once are looked for rather than scrolled through. */
const atOnce = 8

/** One tap asks: what it sets off can be taken back as easily. */
function Ask({ token, handover }: { token: string; handover: SlotHandover }) {
  const { t } = useTranslation('handovers')
  const ask = useCall(routes.ask)
  const { last, colleagues } = handover
  const asked = ask.isPending ? ask.variables.body.personId : undefined
  const [search, setSearch] = useState('')
  const shown = colleagues.filter(({ name }) => plain(name).includes(plain(search)))
  return (
    <div className={classes.stack}>
      {(last?.status === 'declined' || last?.status === 'expired') && (
        <Notice title={t(`last.${last.status}`, { name: last.name })}>{t('last.still')}</Notice>
      )}
      <Refused error={ask.error} />
      <p className={classes.soft}>{t(colleagues.length === 0 ? 'nobody' : 'how')}</p>
      {colleagues.length > atOnce && (
        <TextInput
          type="search"
          label={t('search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {colleagues.length === 0 && <CloseSlot token={token} />}
      {shown.length === 0 && colleagues.length > 0 && <output>{t('notFound')}</output>}
      {shown.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          fullWidth
          loading={asked === id}
          disabled={ask.isPending}
          onClick={() => ask.mutate({ params: { token }, body: { personId: id } })}
        >
          {t('ask', { name })}
        </Button>
      ))}
    </div>
  )
}

/** Nobody can take over: the one thing left, with what it brings about told first. */
function CloseSlot({ token }: { token: string }) {
  const meeting = useQuery(queryFor(confirmationsRoutes.slotLinkMeeting, { params: { token } }))
  if (meeting.data?.state !== 'open') return null
  return <SayNo meeting={meeting.data} by={{ token }} />
}

const plain = (name: string) =>
  name.trim().normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
