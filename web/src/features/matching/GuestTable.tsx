import {
  ActionIcon,
  Button,
  Menu,
  Modal,
  NativeSelect,
  Stack,
  TextInput,
  useMatches,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDots, IconPin, IconPinFilled } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  matchingRoutes,
  type Plan,
  type PlannedGuest,
  type PlanShow,
  planShows,
  type Studio,
} from '#shared/matching/matching.contract.ts'
import type { PinKind } from '#shared/matching/matching.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { call } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { Hand } from './matching.hand.ts'
import { useReason } from './matching.words.ts'
import { SeatDialog } from './SeatDialog.tsx'
import classes from './Studio.module.css'
import { WishReasons } from './WishReasons.tsx'

/** Rows are cards on a phone: ten of them are a long scroll already. */
const firstRows = { base: 10, sm: 50 }

/** Everybody of a plan, filterable, with the director's hand in the row. */
export function GuestTable({ studio, plan, hand }: { studio: Studio; plan: Plan; hand: Hand }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const reason = useReason('director')
  const [show, setShow] = useState<PlanShow>('all')
  const [roleId, setRoleId] = useState('')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 250)
  const [placing, setPlacing] = useState<PlannedGuest>()
  const [opened, setOpened] = useState(false)
  const first = useMatches(firstRows)
  const [reading, setReading] = useState<PlannedGuest>()
  const asked = { show, search, ...(roleId ? { roleId } : {}) }
  const guests = useInfiniteQuery({
    queryKey: ['api', 'plans', plan.id, 'guests', asked],
    queryFn: ({ pageParam, signal }) =>
      call(
        matchingRoutes.plannedGuests,
        {
          params: { planId: plan.id },
          query: { ...asked, ...(pageParam ? { after: pageParam } : {}) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
  const editable = plan.status !== 'superseded' && !studio.day.cancelled

  return (
    <Stack>
      <div className={classes.filters}>
        <NativeSelect
          label={t('table.show')}
          value={show}
          onChange={(event) => setShow(event.currentTarget.value as PlanShow)}
          data={planShows.map((value) => ({ value, label: t(`show.${value}`) }))}
        />
        <NativeSelect
          label={t('table.role')}
          value={roleId}
          onChange={(event) => setRoleId(event.currentTarget.value)}
          data={[
            { value: '', label: t('table.anyRole') },
            ...studio.roles.map((role) => ({ value: role.id, label: words.name(role) })),
          ]}
        />
        <TextInput
          label={t('table.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Answered query={guests} shape="table">
        {({ pages }) => (
          <Stack>
            <DataTable
              caption={t('table.caption', {
                people: t('people', { count: pages[0]?.total ?? 0 }),
              })}
              rows={pages.flatMap((page) => page.guests).slice(0, opened ? undefined : first)}
              rowKey={(guest) => guest.personId}
              empty={<EmptyState title={t('table.empty')}>{t('table.emptyText')}</EmptyState>}
              columns={[
                {
                  id: 'name',
                  header: t('table.name'),
                  title: true,
                  cell: (guest) => (
                    <span className={classes.seat}>
                      {guest.name}
                      <small>{guest.siteName}</small>
                    </span>
                  ),
                },
                {
                  id: 'seat',
                  header: t('table.seat'),
                  cell: (guest) => (
                    <span className={classes.seat}>
                      {guest.seat ? (
                        <>
                          {words.nameIn(studio.roles, guest.seat.roleId)}
                          <small>
                            {`${guest.seat.siteName} · ${words.hour(guest.seat.startsAt, studio.day.timeZone)} · ${guest.seat.hostName}`}
                          </small>
                        </>
                      ) : (
                        t('table.noSeat')
                      )}
                      {guest.pinned && <span className={classes.hand}>{t('table.pinned')}</span>}
                      {guest.forbidden.length > 0 && (
                        <span className={classes.hand}>
                          {t('table.forbidden', { count: guest.forbidden.length })}
                        </span>
                      )}
                    </span>
                  ),
                },
                {
                  id: 'rank',
                  header: t('table.rank'),
                  cell: (guest) => (
                    <span className={classes.rank}>
                      {guest.rank ? t(`rank.${guest.rank}`) : '–'}
                    </span>
                  ),
                },
                {
                  id: 'reason',
                  header: t('table.why'),
                  cell: (guest) => <span className={classes.reason}>{reason(guest)}</span>,
                },
                {
                  id: 'tools',
                  header: t('table.tools'),
                  bare: true,
                  cell: (guest) => editable && tools(guest),
                },
              ]}
            />
            {(guests.hasNextPage || (!opened && pages[0]!.guests.length > first)) && (
              <Button
                variant="default"
                loading={guests.isFetchingNextPage}
                onClick={() => {
                  setOpened(true)
                  if (opened || first >= pages[0]!.guests.length) void guests.fetchNextPage()
                }}
              >
                {t('table.more')}
              </Button>
            )}
          </Stack>
        )}
      </Answered>
      {reading && (
        <Modal
          opened
          onClose={() => setReading(undefined)}
          size="lg"
          title={t('hand.wishesOf', { name: reading.name })}
          closeButtonProps={{ 'aria-label': t('close') }}
        >
          <p>{reason(reading)}</p>
          <WishReasons wishes={reading.wishes} />
        </Modal>
      )}
      {placing && (
        <SeatDialog
          studio={studio}
          plan={plan}
          guest={placing}
          onClose={() => setPlacing(undefined)}
          onChoose={(slotId) => {
            hand.choose(placing.personId, slotId, 'pin')
            setPlacing(undefined)
          }}
        />
      )}
    </Stack>
  )

  /** Keep here is one click; the rest waits in a menu that depends on where the person stands. */
  function tools(guest: PlannedGuest) {
    const seat = guest.seat?.slotId
    const { personId, pinned } = guest
    const choose = (slotId: string, kind: PinKind | null) => hand.choose(personId, slotId, kind)
    return (
      <span className={classes.tools}>
        {(pinned || seat) && (
          <ActionIcon
            size="lg"
            aria-pressed={pinned !== null}
            aria-label={t('hand.pinThis', { name: guest.name })}
            title={pinned ? t('hand.letGo') : t('hand.pin')}
            className={classes.pin}
            onClick={() => (pinned ? choose(pinned, null) : choose(seat!, 'pin'))}
          >
            {pinned ? <IconPinFilled size={20} /> : <IconPin size={20} />}
          </ActionIcon>
        )}
        <Menu position="bottom-end" width="max-content">
          <Menu.Target>
            <ActionIcon size="lg" aria-label={t('hand.menuFor', { name: guest.name })}>
              <IconDots size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setPlacing(guest)}>
              {t(seat ? 'hand.place' : 'hand.placeFirst')}
            </Menu.Item>
            <Menu.Item onClick={() => setReading(guest)}>{t('hand.wishes')}</Menu.Item>
            {seat && !guest.forbidden.includes(seat) && (
              <Menu.Item onClick={() => choose(seat, 'forbid')}>{t('hand.forbid')}</Menu.Item>
            )}
            {guest.forbidden.map((slotId) => (
              <Menu.Item key={slotId} onClick={() => choose(slotId, null)}>
                {t('hand.allow')}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </span>
    )
  }
}
