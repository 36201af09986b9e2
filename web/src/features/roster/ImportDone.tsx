import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { InvitedAgain, RosterImport } from '#shared/roster/roster.contract.ts'
import { useWords } from '../../app/words.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { NextStep } from '../../ui/NextStep.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useInvitedAgain, useNumbers } from './roster.api.ts'

/** As many names as one reads; the outbox has them all. */
const namesShown = 5

/** The file is in: what that changed, and what comes next. */
export function ImportDone({ regionId, made }: { regionId: string; made: RosterImport }) {
  const { t } = useTranslation('roster')
  const number = useNumbers()
  const { kind, counts } = made
  const invitedAgain = useInvitedAgain(made.id)
  return (
    <Page title={t('done.title')} kicker={made.fileName} width="wide">
      {invitedAgain.map((one) => (
        <Again key={one.id} regionId={regionId} again={one} />
      ))}
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

/** Whose address the file corrected: their invitation waits to leave anew, and can be taken back. */
function Again({ regionId, again }: { regionId: string; again: InvitedAgain }) {
  const { t } = useTranslation('roster')
  const words = useWords()
  const { to, id, name, people } = again
  const more = people.length - namesShown
  const shown =
    more > 0 ? [...people.slice(0, namesShown), t('done.again.more', { count: more })] : people
  const page =
    to === 'day' ? `/journees/${id}/envois` : `/regions/${regionId}/ateliers/${id}/envois`
  return (
    <Notice
      title={t('done.again.title', { count: people.length, name })}
      action={
        <Button component={Link} to={page as '/'} variant="default">
          {t('done.again.see')}
        </Button>
      }
    >
      {t('done.again.what', { people: words.list(shown), count: people.length })}
    </Notice>
  )
}
