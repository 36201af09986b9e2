import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { mailAnswersRoutes } from '#shared/invitations/invitations.answers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import classes from './Confirmations.module.css'
import { HeldAnswerCard, type Settled } from './HeldAnswerCard.tsx'

/** Answers by mail that only a person can judge, each with the reason and what can be done. */
export function HeldAnswersPage() {
  const { t } = useTranslation('confirmations')
  const { dayId } = useParams({ from: '/journees/$dayId/reponses' })
  const day = useQuery(queryFor(daysRoutes.day, { params: { dayId } }))
  const regionId = day.data?.regionId ?? ''
  const held = useQuery({
    ...queryFor(mailAnswersRoutes.heldAnswers, { params: { regionId } }),
    enabled: regionId !== '',
    refetchInterval: 30_000,
  })
  const [settled, setSettled] = useState<Settled>()
  const back = <Link to={`/journees/${dayId}/confirmations` as '/'}>{t('held.back')}</Link>
  return (
    <Page title={t('held.title')} kicker={day.data?.name} lead={t('held.lead')} back={back}>
      {settled && (
        <Notice tone="success" title={t('held.settled.title')}>
          {t(`held.settled.${settled.as}`, { name: settled.name })}
        </Notice>
      )}
      <Answered query={held} shape="cards">
        {({ answers }) =>
          answers.length === 0 ? (
            <EmptyState title={t('held.empty')}>{t('held.emptyWhy')}</EmptyState>
          ) : (
            <ul className={classes.held}>
              {answers.map((answer) => (
                <li key={answer.id}>
                  <HeldAnswerCard held={answer} dayId={dayId} onSettled={setSettled} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  )
}
