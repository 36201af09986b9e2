import { Button, Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Days.module.css'
import { MailPreview } from './MailPreview.tsx'

/** « Open sign-up »: the mail and its readers first, a second button to send. */
export function OpenSignUp({
  dayId,
  label,
  quiet = false,
}: {
  dayId: string
  label: string
  /** Beside other links rather than the one action of the page. */
  quiet?: boolean
}) {
  const { t } = useTranslation(['days', 'app'])
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        size={quiet ? 'md' : 'lg'}
        {...(quiet ? { variant: 'subtle', color: 'ink' } : {})}
        onClick={() => setOpened(true)}
      >
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="xl"
        title={t('signUp.title')}
        closeButtonProps={{ 'aria-label': t('app:close') }}
      >
        {opened && <Preview dayId={dayId} onDone={() => setOpened(false)} />}
      </Modal>
    </>
  )
}

function Preview({ dayId, onDone }: { dayId: string; onDone: () => void }) {
  const { t } = useTranslation(['days', 'app'])
  const words = useWords()
  const query = queryFor(daysRoutes.signUpPreview, { params: { dayId } })
  // Never from memory: what is confirmed is what was just read.
  const preview = useQuery({ ...query, staleTime: 0, gcTime: 0 })
  const open = useCall(daysRoutes.openSignUp)
  return (
    <Answered query={preview} shape="lines">
      {({ recipients, leftOut, mail }) => (
        <Stack gap="lg">
          <p className={classes.recipients}>
            {t('signUp.recipients', { count: recipients, number: words.count(recipients) })}
          </p>
          {leftOut.length > 0 && (
            <ul className={classes.left}>
              {leftOut.map(({ reason, count }) => (
                <li key={reason}>
                  {t(`signUp.leftOut.${reason}`, { count, number: words.count(count) })}
                </li>
              ))}
            </ul>
          )}
          {recipients > 0 && <MailPreview mail={mail} />}
          <Refused error={open.error} />
          {open.error && (
            <Button variant="default" onClick={() => void preview.refetch().then(open.reset)}>
              {t('signUp.readAgain')}
            </Button>
          )}
          {recipients === 0 && <Notice title={t('signUp.nobody')}>{t('signUp.nobodyWhy')}</Notice>}
          <div className={classes.actions}>
            <Button
              variant="default"
              data-autofocus
              disabled={open.isPending}
              onClick={() =>
                open.mutate({ params: { dayId }, body: { invite: false } }, { onSuccess: onDone })
              }
            >
              {t('signUp.openOnly')}
            </Button>
            {recipients > 0 && (
              <Button
                loading={open.isPending}
                onClick={() =>
                  open.mutate(
                    { params: { dayId }, body: { invite: true, recipients } },
                    { onSuccess: onDone },
                  )
                }
              >
                {t('signUp.send', { count: recipients, number: words.count(recipients) })}
              </Button>
            )}
          </div>
        </Stack>
      )}
    </Answered>
  )
}
