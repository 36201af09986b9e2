import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { irritantsRoutes } from '#shared/days/days.irritants.contract.ts'
import { type Reminder, remindersRoutes as routes } from '#shared/reminders/reminders.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Panel, Row } from '../../ui/Page.tsx'
import classes from './Reminders.module.css'

/** Three ways to begin: an irritant of the region, a blank page, a file. */
export function BeginReminder({ regionId }: { regionId: string }) {
  const { t, i18n } = useTranslation('reminders')
  const words = useWords()
  const navigate = useNavigate()
  const [irritant, setIrritant] = useState('')
  const irritants = useQuery(queryFor(irritantsRoutes.irritants, { params: { regionId } }))
  const refresh = [['api', 'regions']]
  const write = useCall(routes.write, { refresh })
  const bring = useCall(routes.importStory, { refresh })
  const open = ({ reminder }: Reminder) =>
    void navigate({
      to: '/regions/$regionId/rappels/$reminder',
      params: { regionId, reminder },
    })
  const language = i18n.language === 'en' ? ('en' as const) : ('fr' as const)
  return (
    <Row min="22rem">
      <Panel>
        <div className={classes.stack}>
          <NativeSelect
            label={t('begin.irritant')}
            description={t('begin.irritantHint')}
            value={irritant}
            onChange={(event) => setIrritant(event.currentTarget.value)}
            data={[
              { value: '', label: t('begin.none') },
              ...(irritants.data ?? [])
                .filter(({ archived }) => !archived)
                .map((one) => ({ value: one.id, label: words.name(one) })),
            ]}
          />
          <Refused error={write.error} />
          <div>
            <Button
              loading={write.isPending}
              onClick={() =>
                write.mutate(
                  { params: { regionId }, body: { irritantId: irritant || null, language } },
                  { onSuccess: open },
                )
              }
            >
              {t('begin.write')}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel>
        <div className={classes.stack}>
          <FileDrop
            label={t('begin.file')}
            hint={t('begin.fileHint')}
            choose={t('begin.choose')}
            accept=".json,application/json"
            disabled={bring.isPending}
            onFile={(file) =>
              bring.mutate({ params: { regionId }, body: file }, { onSuccess: open })
            }
          />
          <Refused error={bring.error} />
        </div>
      </Panel>
    </Row>
  )
}
