import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { WorkshopAudienceFields } from './WorkshopAudience.tsx'
import classes from './Workshops.module.css'

/** The title, and for whom while nobody knows of it. */
export function WorkshopChange({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation(['workshops', 'app'])
  const change = useCall(routes.changeWorkshop)
  const [title, setTitle] = useState(workshop.title)
  const [audience, setAudience] = useState(workshop.audience)
  const { id, course, version, regionId, status } = workshop
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate({ params: { workshopId: id }, body: { version, course, title, audience } })
      }}
    >
      <TextInput
        required
        withAsterisk={false}
        label={t('form.name')}
        description={t('form.nameHint')}
        minLength={2}
        maxLength={80}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {status === 'preparing' && (
        <WorkshopAudienceFields regionId={regionId} audience={audience} onAudience={setAudience} />
      )}
      <Refused error={change.error} />
      <div>
        <Button type="submit" loading={change.isPending}>
          {t('app:save')}
        </Button>
      </div>
    </form>
  )
}
