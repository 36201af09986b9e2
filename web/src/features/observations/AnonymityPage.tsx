import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page, Section } from '../../ui/Page.tsx'
import classes from './Observations.module.css'

const parts = ['kept', 'never', 'delay', 'groups', 'code', 'reminders', 'limits'] as const

/** What anonymous means, for whoever hesitates: two lines, then the whole of it; open to everybody. */
export function AnonymityPage() {
  const { t } = useTranslation('observations')
  return (
    <Page title={t('anonymity.title')} lead={t('anonymity.lead')} width="narrow">
      <Stack gap="xl">
        {parts.map((part) => (
          <div key={part} id={part}>
            <Section title={t(`anonymity.${part}.title`)}>
              <ul className={classes.lines}>
                {t(`anonymity.${part}.lines`)
                  .split('\n')
                  .map((line) => (
                    <li key={line}>{line}</li>
                  ))}
              </ul>
            </Section>
          </div>
        ))}
      </Stack>
    </Page>
  )
}
