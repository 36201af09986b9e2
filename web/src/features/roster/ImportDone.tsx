import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RosterImport } from '#shared/roster/roster.contract.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { NextStep } from '../../ui/NextStep.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNumbers } from './roster.api.ts'

/** The file is in: what that changed, and what comes next. */
export function ImportDone({ regionId, made }: { regionId: string; made: RosterImport }) {
  const { t } = useTranslation('roster')
  const number = useNumbers()
  const { kind, counts } = made
  return (
    <Page title={t('done.title')} kicker={made.fileName} width="wide">
      <NextStep
        kicker={t(`done.${kind}.kicker`)}
        title={t(`done.${kind}.title`)}
        drawing={kind === 'sites' ? 'counter' : 'headset'}
        action={
          <Button
            component={Link}
            to="/regions/$regionId/effectifs"
            params={{ regionId } as never}
            hash={kind === 'people' ? 'metiers' : ''}
          >
            {t(`done.${kind}.action`)}
          </Button>
        }
        figures={
          counts && (
            <Figures>
              <Figure
                value={number(counts.created)}
                label={t('outcomes.created', { count: counts.created })}
              />
              <Figure
                value={number(counts.updated)}
                label={t('outcomes.updated', { count: counts.updated })}
              />
              <Figure
                value={number(counts.unchanged)}
                label={t('outcomes.unchanged', { count: counts.unchanged })}
              />
              <Figure
                value={number(counts.rejected)}
                label={t('outcomes.rejected', { count: counts.rejected })}
              />
            </Figures>
          )
        }
      >
        {t(`done.${kind}.text`)}
      </NextStep>
    </Page>
  )
}
