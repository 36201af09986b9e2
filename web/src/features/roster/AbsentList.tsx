import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Import.module.css'
import { LeaveDialog } from './LeaveDialog.tsx'
import { type ImportParams, useAbsent, useNumbers } from './roster.api.ts'

/**
 * Who the region knows and the file does not: told, and left as they are. A file may hold only some of
 * the region, so it is the director who says which of them left.
 */
export function AbsentList({
  params,
  kind,
  count,
}: {
  params: ImportParams
  kind: RosterKind
  count: number
}) {
  const { t } = useTranslation('roster')
  const number = useNumbers()
  const [open, setOpen] = useState(false)
  const [gone, setGone] = useState<string[]>([])
  const [asking, setAsking] = useState(false)
  const found = useAbsent(params, open)
  return (
    <Section
      title={t(`absent.${kind}`, { count, number: number(count) })}
      lead={t(`absent.lead.${kind}`)}
    >
      {!open && (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {t('absent.show')}
          </Button>
        </div>
      )}
      {open && found.isPending && <Loading label={t('loading')} />}
      {found.data && (
        <Checkbox.Group value={gone} onChange={setGone} aria-label={t('leaving.choose')}>
          <ul className={classes.absent}>
            {found.data.pages
              .flatMap(({ rows }) => rows)
              .map(({ key, name }) => (
                <li key={key}>
                  {kind === 'people' ? (
                    <Checkbox value={key} label={`${name} ${key}`} />
                  ) : (
                    <>
                      {name} <span className={classes.key}>{key}</span>
                    </>
                  )}
                </li>
              ))}
          </ul>
        </Checkbox.Group>
      )}
      {gone.length > 0 && (
        <div>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('leaving.these', { count: gone.length })}
          </Button>
        </div>
      )}
      <LeaveDialog
        regionId={params.regionId}
        employeeNumbers={asking ? gone : []}
        onClose={() => setAsking(false)}
        onDone={() => setGone([])}
      />
      {found.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      )}
    </Section>
  )
}
