import { Button, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../app/words.ts'

/** Before something leaves in which a name or a number was spotted: masked, as it is, or not yet. */
export function UnmaskedQuestion({
  words,
  onMask,
  onSend,
  onClose,
}: {
  /** What was spotted; nothing is asked where there is nothing. */
  words: readonly string[]
  onMask: () => void
  onSend: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('observations')
  const { list } = useWords()
  return (
    <Modal
      opened={words.length > 0}
      onClose={onClose}
      title={t('names.ask.title')}
      closeButtonProps={{ 'aria-label': t('names.ask.close') }}
    >
      <Stack gap="md">
        <p>
          {t('names.ask.what', {
            count: words.length,
            words: list(words.map((one) => t('quoted', { words: one }))),
          })}
        </p>
        <Button onClick={onMask} data-autofocus>
          {t('names.ask.mask')}
        </Button>
        <Button variant="default" onClick={onSend}>
          {t('names.ask.send')}
        </Button>
      </Stack>
    </Modal>
  )
}
