import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type RegionIrritant,
  irritantsRoutes as routes,
} from '#shared/days/days.irritants.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Panel, Section } from '../../ui/Page.tsx'
import classes from './Observations.module.css'

/** A region words its own irritants: add, rename, put away, bring back. */
export function IrritantsPage() {
  const { t } = useTranslation('observations')
  const { regionId } = useParams({ from: '/regions/$regionId/irritants' })
  const irritants = useQuery(queryFor(routes.irritants, { params: { regionId } }))
  return (
    <Page title={t('irritants.title')} lead={t('irritants.lead')} width="narrow">
      <Stack gap="xl">
        <Answered query={irritants}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title={t('irritants.none')}>{t('irritants.noneWhy')}</EmptyState>
            ) : (
              <ul className={classes.list}>
                {rows.map((row) => (
                  <OneIrritant key={row.id} regionId={regionId} irritant={row} />
                ))}
              </ul>
            )
          }
        </Answered>
        <AddIrritant regionId={regionId} />
      </Stack>
    </Page>
  )
}

function OneIrritant({ regionId, irritant }: { regionId: string; irritant: RegionIrritant }) {
  const { t } = useTranslation(['observations', 'app'])
  const [renaming, setRenaming] = useState(false)
  const change = useCall(routes.changeIrritant)
  const params = { regionId, irritantId: irritant.id }
  if (renaming) {
    return (
      <li className={classes.card}>
        <Names
          nameFr={irritant.nameFr}
          nameEn={irritant.nameEn}
          submit={t('app:save')}
          busy={change.isPending}
          error={change.error}
          onCancel={() => setRenaming(false)}
          onSubmit={(body) =>
            change.mutate({ params, body }, { onSuccess: () => setRenaming(false) })
          }
        />
      </li>
    )
  }
  return (
    <li className={classes.card} data-gone={irritant.archived || undefined}>
      <h2 className={classes.irritant}>
        {irritant.nameFr}
        {irritant.archived && <span className={classes.mark}>{t('irritants.archived')}</span>}
      </h2>
      {irritant.nameEn !== irritant.nameFr && (
        <p className={classes.quiet} lang="en">
          {irritant.nameEn}
        </p>
      )}
      <Refused error={change.error} />
      <div className={classes.actions}>
        <Button variant="default" onClick={() => setRenaming(true)}>
          {t('irritants.rename')}
        </Button>
        <Button
          variant="subtle"
          loading={change.isPending}
          onClick={() => change.mutate({ params, body: { archived: !irritant.archived } })}
        >
          {t(irritant.archived ? 'irritants.restore' : 'irritants.archive')}
        </Button>
      </div>
    </li>
  )
}

function AddIrritant({ regionId }: { regionId: string }) {
  const { t } = useTranslation('observations')
  const add = useCall(routes.addIrritant)
  // A new key empties the fields once one was added.
  const [added, setAdded] = useState(0)
  return (
    <Section title={t('irritants.new')}>
      <Panel>
        <Names
          key={added}
          nameFr=""
          nameEn=""
          submit={t('irritants.add')}
          busy={add.isPending}
          error={add.error}
          onSubmit={(body) =>
            add.mutate(
              { params: { regionId }, body },
              { onSuccess: () => setAdded((count) => count + 1) },
            )
          }
        />
      </Panel>
    </Section>
  )
}

function Names({
  submit,
  busy,
  error,
  onSubmit,
  onCancel,
  ...given
}: {
  nameFr: string
  nameEn: string
  submit: string
  busy: boolean
  error: Error | null
  onSubmit: (names: { nameFr: string; nameEn?: string }) => void
  onCancel?: () => void
}) {
  const { t } = useTranslation(['observations', 'app'])
  const [nameFr, setNameFr] = useState(given.nameFr)
  const [nameEn, setNameEn] = useState(given.nameEn)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit({ nameFr, ...(nameEn.trim() ? { nameEn } : {}) })
      }}
    >
      <Stack>
        <TextInput
          label={t('irritants.name')}
          required
          withAsterisk={false}
          minLength={2}
          maxLength={60}
          value={nameFr}
          onChange={(event) => setNameFr(event.currentTarget.value)}
        />
        <TextInput
          label={t('irritants.nameEn')}
          description={t('irritants.nameEnHint')}
          maxLength={60}
          value={nameEn}
          onChange={(event) => setNameEn(event.currentTarget.value)}
        />
        <Refused error={error} />
        <Group>
          <Button type="submit" loading={busy}>
            {submit}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('app:cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
