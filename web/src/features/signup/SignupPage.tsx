import { Button, Stack, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MySignup, signupRoutes } from '#shared/signup/signup.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWhen } from '../../app/when.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { WishHand } from './WishHand.tsx'
import { WishList } from './WishList.tsx'

/** « Which job would you like to discover? »: wishes, until the deadline and not later. */
export function SignupPage() {
  const { t } = useTranslation('signup')
  const when = useWhen()
  const { dayId } = useParams({ from: '/journees/$dayId/voeux' })
  const mine = useQuery(queryFor(signupRoutes.mySignup, { params: { dayId } }))
  const day = mine.data?.day
  const kicker = day && `${day.name} · ${when.fullDate(day.date)}`
  return (
    <Page title={t(mine.data && mine.data.state !== 'open' ? 'mine' : 'title')} kicker={kicker}>
      <Answered query={mine} shape="cards">
        {(signup) => {
          const { timeZone } = signup.day
          return (
            <Stack gap="xl">
              {signup.hosting.map(({ startsAt, endsAt }) => (
                <Notice key={startsAt.toISOString()} title={t('hosting')}>
                  {t('hostingText', {
                    from: when.hour(startsAt, timeZone),
                    to: when.hour(endsAt, timeZone),
                  })}
                </Notice>
              ))}
              <SignupOf
                key={dayId}
                mine={signup}
                deadline={when.until(signup.day.signUpClosesAt, timeZone)}
              />
            </Stack>
          )
        }}
      </Answered>
    </Page>
  )
}

function SignupOf({ mine, deadline }: { mine: MySignup; deadline: string }) {
  const { t } = useTranslation('signup')
  const [choosing, setChoosing] = useState(mine.status !== 'active')
  function done() {
    setChoosing(false)
    // The button was at the foot of the page, what became of it is at its head.
    scrollTo({ top: 0 })
    document.getElementById('page-title')?.focus()
  }

  if (mine.state === 'day-cancelled') {
    return <EmptyState title={t('dayCancelled')}>{t('dayCancelledText')}</EmptyState>
  }
  if (mine.state === 'not-open') {
    return <EmptyState title={t('notOpen')}>{t('notOpenText')}</EmptyState>
  }
  if (mine.state === 'open' && choosing) {
    return <WishHand mine={mine} deadline={deadline} onDone={done} />
  }
  return <SignupDone mine={mine} deadline={deadline} onChange={() => setChoosing(true)} />
}

/** What was asked, and what can still be done about it. */
function SignupDone({
  mine,
  deadline,
  onChange,
}: {
  mine: MySignup
  deadline: string
  onChange: () => void
}) {
  const { t } = useTranslation('signup')
  const { id: dayId, published } = mine.day
  const cancel = useCall(signupRoutes.cancelSignup)
  const mail = useCall(signupRoutes.chooseDayMail)
  const [asking, setAsking] = useState(false)
  const open = mine.state === 'open'
  if (mine.status === 'none') {
    return <EmptyState title={t('closed')}>{t('closedText')}</EmptyState>
  }
  const active = mine.status === 'active'
  return (
    <Stack gap="xl">
      {active ? (
        <Notice
          tone="success"
          title={published ? t('dealt') : t('recorded')}
          action={
            published ? (
              <Button component={Link} to={`/journees/${dayId}/ma-carte`}>
                {t('seeCard')}
              </Button>
            ) : open ? (
              <Button variant="default" onClick={onChange}>
                {t('change')}
              </Button>
            ) : undefined
          }
        >
          {open ? t('recordedText', { deadline }) : t(published ? 'dealtText' : 'waitingText')}
        </Notice>
      ) : (
        <Notice
          title={t('cancelled')}
          action={open && <Button onClick={onChange}>{t('comeBack')}</Button>}
        >
          {t('cancelledText')}
        </Notice>
      )}
      <Section title={t('yourWishes')}>
        <WishList mine={mine} />
      </Section>
      <Section title={t('more')}>
        <Stack>
          <Switch
            label={t('mail')}
            description={t('mailText')}
            checked={!mine.optedOut}
            disabled={mail.isPending}
            onChange={({ currentTarget }) =>
              mail.mutate({ params: { dayId }, body: { optedOut: !currentTarget.checked } })
            }
          />
          <Refused error={mail.error ?? cancel.error} />
          {active && (
            <div>
              <Button variant="default" onClick={() => setAsking(true)}>
                {t('cancel')}
              </Button>
            </div>
          )}
        </Stack>
      </Section>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('cancelTitle')}
        confirm={t('cancelConfirm')}
        cancel={t('keep')}
        close={t('close')}
        danger
        busy={cancel.isPending}
        onConfirm={() =>
          cancel.mutate({ params: { dayId } }, { onSettled: () => setAsking(false) })
        }
      >
        {published ? t('cancelPublishedText') : t('cancelText')}
      </ConfirmDialog>
    </Stack>
  )
}
