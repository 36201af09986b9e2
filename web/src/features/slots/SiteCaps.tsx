import { Button, NumberInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type SiteOffers, slotsRoutes } from '#shared/slots/slots.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Panel, Section } from '../../ui/Page.tsx'
import classes from './Slots.module.css'

type Amount = number | null
const amount = (value: string | number): Amount => (value === '' ? null : Number(value))

/** How many visitors at the same moment, and per period; empty means no limit of one's own. */
export function SiteCaps({ dayId, data }: { dayId: string; data: SiteOffers }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const [limit, setLimit] = useState<Amount>(data.limit)
  const [caps, setCaps] = useState<Record<string, Amount>>(
    Object.fromEntries(data.caps.map(({ periodId, capacity }) => [periodId, capacity])),
  )
  const save = useCall(slotsRoutes.setCaps, { refresh: [['api', 'days']] })
  const busiest = Math.max(
    0,
    ...data.periods.map(({ startsAt: at }) =>
      data.periods
        .filter((period) => period.startsAt <= at && at < period.endsAt)
        .reduce((sum, { id }) => sum + (caps[id] ?? 0), 0),
    ),
  )
  return (
    <Section title={t('caps.title')} lead={t('caps.lead')}>
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({
              params: { dayId, siteId: data.site.id },
              body: {
                limit,
                caps: data.periods.map(({ id }) => ({ periodId: id, capacity: caps[id] ?? null })),
              },
            })
          }}
        >
          <Stack>
            <div className={classes.caps}>
              <NumberInput
                label={t('caps.limit')}
                placeholder={t('caps.none')}
                min={0}
                max={500}
                allowDecimal={false}
                value={limit ?? ''}
                onChange={(value) => setLimit(amount(value))}
              />
              {data.periods.map((period) => (
                <NumberInput
                  key={period.id}
                  label={words.name(period)}
                  placeholder={t('caps.none')}
                  min={0}
                  max={500}
                  allowDecimal={false}
                  value={caps[period.id] ?? ''}
                  onChange={(value) => setCaps({ ...caps, [period.id]: amount(value) })}
                />
              ))}
            </div>
            {busiest > 0 && (
              <p className={classes.soft}>
                {t('caps.busiest', { count: busiest, limit: limit ?? busiest })}
              </p>
            )}
            <Refused error={save.error} />
            {save.isSuccess && <Notice tone="success" title={t('caps.saved')} />}
            <div>
              <Button
                type="submit"
                variant="default"
                loading={save.isPending}
                disabled={data.settled !== null}
              >
                {t('caps.save')}
              </Button>
            </div>
          </Stack>
        </form>
      </Panel>
    </Section>
  )
}
