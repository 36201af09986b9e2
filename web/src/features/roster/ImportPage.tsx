import { Anchor, Button } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RosterImport } from '#shared/roster/roster.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import classes from './Import.module.css'
import { ImportDone } from './ImportDone.tsx'
import { useDraft, useImports } from './roster.api.ts'
import { VerdictStep } from './VerdictStep.tsx'

/** One file on its way in: check the columns, read the verdict, import. The address keeps the step. */
export function ImportPage() {
  const { t } = useTranslation('roster')
  const { regionId, importId } = useParams({
    from: '/regions/$regionId/effectifs/imports/$importId',
  })
  const imports = useImports(regionId)
  return (
    <Answered query={imports} shape="table">
      {(all) => {
        const found = all.find(({ id }) => id === importId)
        if (found?.status === 'committed') return <ImportDone regionId={regionId} made={found} />
        if (found?.status === 'draft') return <Steps regionId={regionId} waiting={found} />
        return (
          <Page title={t('over.title')} width="narrow">
            <EmptyState
              title={t('over.what')}
              action={
                <Button
                  component={Link}
                  to="/regions/$regionId/effectifs"
                  params={{ regionId } as never}
                >
                  {t('over.back')}
                </Button>
              }
            >
              {t('over.why')}
            </EmptyState>
          </Page>
        )
      }}
    </Answered>
  )
}

function Steps({ regionId, waiting }: { regionId: string; waiting: RosterImport }) {
  const { t } = useTranslation('roster')
  const { etape } = useSearch({ from: '/regions/$regionId/effectifs/imports/$importId' })
  const navigate = useNavigate()
  const params = { regionId, importId: waiting.id }
  const draft = useDraft(params)
  const step = etape === 'verification' ? 2 : 1
  const go = (to: 'colonnes' | 'verification') =>
    void navigate({
      to: '/regions/$regionId/effectifs/imports/$importId',
      params: params as never,
      search: { etape: to } as never,
    })
  return (
    <Page
      title={t(`import.${step === 1 ? 'columns' : 'verdict'}`)}
      kicker={waiting.fileName}
      back={
        <Anchor component={Link} to="/regions/$regionId/effectifs" params={{ regionId } as never}>
          {t('page.title')}
        </Anchor>
      }
    >
      <ol className={classes.steps} aria-label={t('import.steps')}>
        {(['file', 'columns', 'verdict'] as const).map((name, index) => (
          <li
            key={name}
            aria-current={index === step ? 'step' : undefined}
            data-done={index < step || undefined}
          >
            <span aria-hidden>{index + 1}</span>
            {index === 1 && step === 2 ? (
              <button type="button" onClick={() => go('colonnes')}>
                {t('import.step.columns')}
              </button>
            ) : (
              t(`import.step.${name}`)
            )}
          </li>
        ))}
      </ol>
      {step === 1 ? (
        <Answered query={draft} shape="table">
          {(view) => (
            <ColumnsStep
              key={`${view.sheet}-${view.headerLine}`}
              params={params}
              draft={view}
              onNext={() => go('verification')}
            />
          )}
        </Answered>
      ) : (
        <VerdictStep params={params} kind={waiting.kind} />
      )}
    </Page>
  )
}
