import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileBytesLimit, type RosterImport, rosterRoutes } from '#shared/roster/roster.contract.ts'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { useCall } from '../../app/api.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Panel, Row, Section } from '../../ui/Page.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ImportHistory } from './ImportHistory.tsx'
import { JobTitles } from './JobTitles.tsx'
import { PeopleList } from './PeopleList.tsx'
import { useImports, useNumbers, usePeople, useSites } from './roster.api.ts'
import { SiteList } from './SiteList.tsx'

/** « Effectifs et sites »: where HR's files go in, and what the region knows. */
export function RosterPage() {
  const { t } = useTranslation('roster')
  const { regionId } = useParams({ from: '/regions/$regionId/effectifs' })
  const sites = useSites(regionId)
  const people = usePeople(regionId, '', undefined)
  const imports = useImports(regionId)
  const number = useNumbers()
  return (
    <Page title={t('page.title')} lead={t('page.lead')}>
      <Answered query={sites} shape="cards">
        {(places) => {
          const total = people.data?.pages[0]?.total ?? 0
          return (
            <>
              <Section title={t('page.files')}>
                <Waiting regionId={regionId} imports={imports.data ?? []} />
                <Row min="20rem">
                  <Drop
                    regionId={regionId}
                    kind="sites"
                    state={
                      places.length === 0
                        ? t('drop.sites.first')
                        : t('drop.sites.known', {
                            count: places.length,
                            number: number(places.length),
                          })
                    }
                  />
                  <Drop
                    regionId={regionId}
                    kind="people"
                    disabled={places.length === 0}
                    state={
                      places.length === 0
                        ? t('drop.people.wait')
                        : total === 0
                          ? t('drop.people.next')
                          : t('drop.people.known', { count: total, number: number(total) })
                    }
                  />
                </Row>
              </Section>
              {total > 0 && <JobTitles regionId={regionId} />}
              {total > 0 && <PeopleList regionId={regionId} sites={places} />}
              {places.length > 0 && (
                <Fold
                  title={t('sites.fold', { count: places.length, number: number(places.length) })}
                >
                  <SiteList sites={places} />
                </Fold>
              )}
              {imports.data && imports.data.length > 0 && (
                <Fold title={t('history.title')}>
                  <ImportHistory imports={imports.data} />
                </Fold>
              )}
            </>
          )
        }}
      </Answered>
    </Page>
  )
}

/** A file somebody began to check waits a day: closing the tab loses nothing. */
function Waiting({ regionId, imports }: { regionId: string; imports: RosterImport[] }) {
  const { t } = useTranslation('roster')
  return imports
    .filter(({ status }) => status === 'draft')
    .map(({ id, fileName }) => (
      <Notice
        key={id}
        title={t('waiting.title', { fileName })}
        action={
          <Button
            component={Link}
            variant="default"
            to="/regions/$regionId/effectifs/imports/$importId"
            params={{ regionId, importId: id } as never}
          >
            {t('waiting.resume')}
          </Button>
        }
      >
        {t('waiting.text')}
      </Notice>
    ))
}

function Drop({
  regionId,
  kind,
  state,
  disabled = false,
}: {
  regionId: string
  kind: RosterKind
  state: string
  disabled?: boolean
}) {
  const { t } = useTranslation('roster')
  const navigate = useNavigate()
  const upload = useCall(rosterRoutes.upload, {
    refresh: [['api', 'regions', regionId, 'imports']],
  })
  const [file, setFile] = useState<File>()
  const tooLarge = file !== undefined && file.size > fileBytesLimit
  const megabytes = fileBytesLimit / 1_048_576

  function take(chosen: File) {
    setFile(chosen)
    upload.reset()
    if (chosen.size > fileBytesLimit) return
    upload.mutate(
      {
        params: { regionId },
        query: { kind, fileName: chosen.name.slice(-200) },
        body: chosen,
      },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: '/regions/$regionId/effectifs/imports/$importId',
            params: { regionId, importId: id } as never,
          }),
      },
    )
  }

  const error = tooLarge ? t('drop.tooLarge', { megabytes }) : upload.error?.message
  return (
    <Panel>
      <FileDrop
        label={t(`drop.${kind}.label`)}
        choose={t('drop.choose')}
        hint={state}
        accept=".csv,.txt,.xlsx"
        disabled={disabled || upload.isPending}
        onFile={take}
        {...(error ? { error } : {})}
        {...(file ? { file } : {})}
      />
      {upload.isPending && <Progress label={t('drop.reading')} text={t('drop.readingText')} />}
      <p>{t(`drop.${kind}.columns`)}</p>
    </Panel>
  )
}
