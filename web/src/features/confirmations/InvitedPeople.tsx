import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ConfirmationBoard,
  type Invited,
  boardRoutes as routes,
  type Standing,
} from '#shared/invitations/invitations.board.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Row, Section } from '../../ui/Page.tsx'
import classes from './Confirmations.module.css'

/** What a director reads at once; the rest is asked for. */
const atOnce = 20
const most = 500

/** The people of one part of the picture, found by name, site or role. */
export function InvitedPeople({
  side,
  standing,
  board,
  dayId,
  regionId,
  timeZone,
}: {
  side: Invited['side']
  standing: Standing
  board: ConfirmationBoard
  dayId: string
  regionId: string
  timeZone: string
}) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const [siteId, setSiteId] = useState('')
  const [roleId, setRoleId] = useState('')
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(atOnce)
  const query = {
    side,
    standing,
    limit,
    ...(siteId ? { siteId } : {}),
    ...(roleId ? { roleId } : {}),
    ...(search.trim() ? { search } : {}),
  }
  const found = useQuery({
    ...queryFor(routes.invitedPeople, { params: { dayId }, query }),
    placeholderData: (previous) => previous,
  })
  const title = t(`people.title.${side}`, { standing: t(`board.said.${standing}`) })
  return (
    <Section
      title={title}
      lead={t(`people.lead.${standing}`)}
      aside={found.data && <output>{t('people.count', { count: found.data.total })}</output>}
    >
      <Row min="14rem">
        <TextInput
          type="search"
          label={t('people.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('people.site')}
          value={siteId}
          onChange={(event) => setSiteId(event.currentTarget.value)}
          data={[
            { value: '', label: t('people.everySite') },
            ...board.sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          label={t('people.role')}
          value={roleId}
          onChange={(event) => setRoleId(event.currentTarget.value)}
          data={[
            { value: '', label: t('people.everyRole') },
            ...board.roles.map((role) => ({ value: role.id, label: words.name(role) })),
          ]}
        />
      </Row>
      <Answered query={found} shape="table">
        {({ people, total }) => (
          <>
            <Table
              title={title}
              people={people}
              dayId={dayId}
              regionId={regionId}
              timeZone={timeZone}
              directing={board.directing}
            />
            {people.length < Math.min(total, most) && (
              <Button
                variant="default"
                fullWidth
                loading={found.isFetching}
                onClick={() => setLimit(Math.min(most, limit + 2 * atOnce))}
              >
                {t('people.more')}
              </Button>
            )}
          </>
        )}
      </Answered>
    </Section>
  )
}

function Table({
  title,
  people,
  dayId,
  regionId,
  timeZone,
  directing,
}: {
  title: string
  people: Invited[]
  dayId: string
  regionId: string
  timeZone: string
  directing: boolean
}) {
  const { t, i18n } = useTranslation('confirmations')
  const words = useWords()
  const at = `/journees/${dayId}`
  return (
    <DataTable
      caption={title}
      hideCaption
      rows={people}
      rowKey={({ subjectId }) => subjectId}
      empty={
        <EmptyState level={3} title={t('people.none')}>
          {t('people.noneWhy')}
        </EmptyState>
      }
      columns={[
        {
          id: 'name',
          header: t('people.name'),
          title: true,
          cell: ({ firstName, lastName }) => `${firstName} ${lastName}`,
        },
        {
          id: 'meeting',
          header: t('people.meeting'),
          cell: (one) => (
            <div>
              {i18n.language === 'en' ? one.roleEn : one.roleFr}
              <br />
              <span className={classes.quiet}>
                {one.siteName} · {words.hours(one, timeZone)}
              </span>
            </div>
          ),
        },
        {
          id: 'since',
          header: t('people.since'),
          cell: (one) => (
            <div>
              {sinceOf(one)}
              {one.standing === 'silent' && one.nudgedAt && (
                <>
                  <br />
                  <span className={classes.quiet}>
                    {t('people.nudged', { at: words.moment(one.nudgedAt, timeZone) })}
                  </span>
                </>
              )}
            </div>
          ),
        },
        {
          id: 'actions',
          header: t('people.actions'),
          bare: true,
          cell: (one) =>
            directing && (
              <div className={classes.rowActions}>
                <Button
                  component={Link}
                  size="sm"
                  variant="default"
                  to={`${at}/confirmations/${one.subjectId}` as '/'}
                  aria-label={t('people.followOne', { name: `${one.firstName} ${one.lastName}` })}
                >
                  {t('people.follow')}
                </Button>
                {one.standing === 'silent' && one.since && (
                  <Link to={`${at}/relance?personne=${one.subjectId}` as '/'}>
                    {t('people.nudge')}
                  </Link>
                )}
                {one.standing === 'held' && (
                  <Link to={`${at}/reponses` as '/'}>{t('people.settle')}</Link>
                )}
                {one.standing === 'unreached' && (
                  <OtherWay one={one} dayId={dayId} regionId={regionId} />
                )}
              </div>
            ),
        },
      ]}
    />
  )

  function sinceOf({ standing, since, unreached }: Invited) {
    const when = since ? words.moment(since, timeZone) : ''
    if (standing === 'unreached') {
      return t(`people.unreached.${unreached ?? 'bounced'}`, { at: when })
    }
    return since ? t(`people.at.${standing}`, { at: when }) : t('people.notLeft')
  }
}

/** Whom no mail reaches is reached otherwise. */
export function OtherWay({
  one,
  dayId,
  regionId,
}: {
  one: Invited
  dayId: string
  regionId: string
}) {
  const { t } = useTranslation('confirmations')
  if (one.unreached === 'opted-out') return null
  return (
    <>
      <Link to={`/regions/${regionId}/effectifs` as '/'}>{t('people.correct')}</Link>
      {one.side === 'host' && one.unreached === 'no-address' && (
        <Link to={`/sites/${one.siteId}/journees/${dayId}/cartes` as '/'}>{t('people.card')}</Link>
      )}
    </>
  )
}
