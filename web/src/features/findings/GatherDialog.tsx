import { Button, Group, Modal, NativeSelect, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Finding,
  type Findings,
  findingsRoutes as routes,
  type SeenCard,
} from '#shared/findings/findings.contract.ts'
import { ApiProblem, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import type { Gathered } from './JustGathered.tsx'
import { mostFrequent, type Wording, WordingFields } from './WordingFields.tsx'

/** Codes that mean: somebody else, or an author, was faster with some of the cards. */
const overtaken = ['observations-grouped', 'observations-withdrawn']

/** Asks for the one thing a machine cannot say: what these have in common, in the director's words. */
export function GatherDialog({
  dayId,
  cards,
  joining,
  irritants,
  findings,
  onClose,
  onDone,
  onOutrun,
}: {
  dayId: string
  cards: SeenCard[]
  /** The finding that is proposed; null for a new one. */
  joining: string | null
  irritants: Findings['irritants']
  findings: Finding[]
  onClose: () => void
  onDone: (gathered: Gathered) => void
  onOutrun: () => void
}) {
  const { t } = useTranslation(['findings', 'app'])
  const [findingId, setFindingId] = useState(joining ?? '')
  const [wording, setWording] = useState<Wording>({
    title: '',
    note: '',
    irritantId: mostFrequent(cards.map(({ irritantId }) => irritantId)) ?? '',
  })
  const group = useCall(routes.group)
  const add = useCall(routes.addObservations)
  const observationIds = cards.map(({ id }) => id)
  const isNew = findingId === ''
  const after = {
    onSuccess: (finding: Finding) => onDone({ finding, cards, isNew }),
    onError: (error: Error) => {
      if (error instanceof ApiProblem && overtaken.includes(error.problem.code)) onOutrun()
    },
  }
  const gather = () =>
    isNew
      ? group.mutate({ params: { dayId }, body: { ...wording, observationIds } }, after)
      : add.mutate({ params: { dayId, findingId }, body: { observationIds } }, after)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('gather', { count: cards.length })}
      closeButtonProps={{ 'aria-label': t('app:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          gather()
        }}
      >
        <Stack>
          {findings.length > 0 && (
            <NativeSelect
              label={t('into')}
              value={findingId}
              onChange={(event) => setFindingId(event.currentTarget.value)}
              data={[
                { value: '', label: t('newFinding') },
                ...findings.map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
          )}
          {isNew && (
            <WordingFields
              wording={wording}
              irritants={irritants.filter(({ archived }) => !archived)}
              onChange={setWording}
            />
          )}
          <Refused error={isNew ? group.error : add.error} />
          <Group>
            <Button
              type="submit"
              loading={group.isPending || add.isPending}
              disabled={cards.length === 0}
            >
              {t('gather', { count: cards.length })}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
