import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  matchingRoutes,
  type Plan,
  type PlannedGuest,
  type Studio,
} from '#shared/matching/matching.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './Studio.module.css'

/** What they asked for is among the first; a region has hundreds. */
const firstRows = 12

/** Where somebody can be placed by hand: what they asked for first. */
export function SeatDialog({
  studio,
  plan,
  guest,
  onChoose,
  onClose,
}: {
  studio: Studio
  plan: Plan
  guest: PlannedGuest
  onChoose: (slotId: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const params = { planId: plan.id, personId: guest.personId }
  const choices = useQuery(queryFor(matchingRoutes.seatChoices, { params }))
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('seats.title', { name: guest.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p>{t('seats.text')}</p>
      <Answered query={choices} shape="table">
        {(rows) => (
          <DataTable
            caption={t('seats.title', { name: guest.name })}
            hideCaption
            rows={rows}
            rowKey={(row) => row.slotId}
            first={{ rows: firstRows, more: t('table.more') }}
            empty={<EmptyState title={t('seats.none')}>{t('seats.noneText')}</EmptyState>}
            columns={[
              {
                id: 'seat',
                header: t('table.seat'),
                title: true,
                cell: (row) => (
                  <span className={classes.seat}>
                    {words.nameIn(studio.roles, row.roleId)}
                    <small>
                      {`${row.siteName} · ${words.nameIn(studio.periods, row.periodId)} · ${row.hostName}`}
                    </small>
                  </span>
                ),
              },
              {
                id: 'rank',
                header: t('table.rank'),
                cell: (row) => (row.rank ? t(`rank.${row.rank}`) : t('seats.notWished')),
              },
              {
                id: 'taken',
                header: t('seats.taken'),
                number: true,
                cell: (row) => (
                  <span className={classes.whole}>
                    {t('seats.of', { taken: row.taken, capacity: row.capacity })}
                  </span>
                ),
              },
              {
                id: 'choose',
                header: t('table.tools'),
                bare: true,
                cell: (row) => (
                  <Button
                    variant="default"
                    size="compact-sm"
                    className={classes.whole}
                    onClick={() => onChoose(row.slotId)}
                  >
                    {t('seats.choose')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Answered>
    </Modal>
  )
}
