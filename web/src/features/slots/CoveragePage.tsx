import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Coverage, slotsRoutes } from '#shared/slots/slots.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { HeartMeter } from '../../ui/HeartMeter.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlaceMap } from '../../ui/PlaceMap.tsx'
import { RolePicker } from './RolePicker.tsx'
import classes from './Slots.module.css'

/** Places per site and period as hearts, against the guests expected. */
export function CoveragePage() {
  const { t } = useTranslation('slots')
  const { dayId } = useParams({ from: '/journees/$dayId/couverture' })
  const query = useQuery(queryFor(slotsRoutes.coverage, { params: { dayId } }))
  return (
    <Page
      width="full"
      title={t('coverage.title')}
      lead={t('coverage.lead')}
      back={<BackToDay dayId={dayId} />}
      action={
        <Button component={Link} to="/journees/$dayId/proposer" params={{ dayId } as never}>
          {t('coverage.propose')}
        </Button>
      }
    >
      <Answered query={query} shape="table">
        {(data) => <Picture dayId={dayId} data={data} />}
      </Answered>
    </Page>
  )
}

function Picture({ dayId, data }: { dayId: string; data: Coverage }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const [roleId, setRoleId] = useState<string>()
  const cells = data.cells.filter((cell) => !roleId || cell.roleId === roleId)
  const sum = (wanted: (cell: Coverage['cells'][number]) => number) =>
    cells.reduce((total, cell) => total + wanted(cell), 0)
  const placesOf = (siteId: string) =>
    cells.filter((cell) => cell.siteId === siteId).reduce((total, { places }) => total + places, 0)
  if (data.sites.length === 0) {
    return (
      <EmptyState title={t('coverage.noSites')} drawing="counter">
        {t('coverage.noSitesWhy')}
      </EmptyState>
    )
  }
  const places = sum((cell) => cell.places)
  const waiting = sum((cell) => cell.awaitingRelease)
  const proposed = sum((cell) => cell.proposed)
  return (
    <Stack gap="xl">
      <Figures>
        <Figure
          value={words.count(places)}
          label={t('coverage.places', { count: places })}
          hint={
            data.expectedGuests !== null && !roleId
              ? t('coverage.against', { number: words.count(data.expectedGuests) })
              : undefined
          }
        />
        <Figure value={words.count(waiting)} label={t('coverage.waiting', { count: waiting })} />
        <Figure value={words.count(proposed)} label={t('coverage.proposed', { count: proposed })} />
      </Figures>
      <RolePicker roles={data.roles} value={roleId} onChange={setRoleId} />
      <div className={classes.view}>
        <Grid dayId={dayId} data={data} cells={cells} targets={!roleId} />
        <div className={classes.map}>
          <PlaceMap
            label={t('coverage.map', { count: data.sites.length })}
            places={data.sites.flatMap(({ id, name, latitude, longitude, candidates }) =>
              latitude === null || longitude === null
                ? []
                : {
                    id,
                    name,
                    latitude,
                    longitude,
                    weight: Math.max(1, candidates),
                    tone: placesOf(id) > 0 ? ('warm' as const) : ('grey' as const),
                  },
            )}
          />
        </div>
      </div>
    </Stack>
  )
}

/** Sites down, by department; periods across. */
function Grid({
  dayId,
  data,
  cells,
  targets,
}: {
  dayId: string
  data: Coverage
  cells: Coverage['cells']
  targets: boolean
}) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const sites = [...data.sites].sort(
    (a, b) => a.department.localeCompare(b.department) || a.name.localeCompare(b.name),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className={classes.scroll} aria-label={t('coverage.title')} tabIndex={0}>
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col">{t('coverage.site')}</th>
            {data.periods.map((period) => (
              <th key={period.id} scope="col">
                {words.name(period)}
              </th>
            ))}
            {targets && data.expectedGuests !== null && <th scope="col">{t('coverage.target')}</th>}
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => {
            const here = cells.filter((cell) => cell.siteId === site.id)
            const total = here.reduce((sum, { places }) => sum + places, 0)
            return (
              <tr key={site.id}>
                <th scope="row">
                  <Link to="/sites/$siteId/journees/$dayId" params={{ siteId: site.id, dayId }}>
                    {site.name}
                  </Link>
                  <div className={classes.soft}>
                    {site.department} · {t('coverage.candidates', { count: site.candidates })}
                  </div>
                </th>
                {data.periods.map((period) => {
                  const inCell = here.filter(({ periodId }) => periodId === period.id)
                  const places = inCell.reduce((sum, cell) => sum + cell.places, 0)
                  const open = inCell.reduce(
                    (sum, cell) => sum + cell.awaitingRelease + cell.proposed,
                    0,
                  )
                  return (
                    <td key={period.id}>
                      {places + open > 0 ? (
                        <HeartMeter
                          filled={places}
                          total={places + open}
                          label={t('coverage.cell', { places, open })}
                        />
                      ) : (
                        <span className={classes.soft} role="img" aria-label={t('coverage.empty')}>
                          –
                        </span>
                      )}
                    </td>
                  )
                })}
                {targets && site.target !== null && (
                  <td>
                    <HeartMeter
                      filled={Math.min(total, site.target)}
                      total={site.target}
                      label={t('coverage.targetCell', { places: total, target: site.target })}
                    />
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
