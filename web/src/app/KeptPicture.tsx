import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type PictureWords, pictureFile, picturePixels } from '../ui/picture-file.ts'

/** A picture one can take along, as pixels or as drawn, with title and foot around it. */
export function KeptPicture({
  title,
  about,
  foot,
  children,
}: PictureWords & { children: ReactNode }) {
  const { t } = useTranslation('app')
  const picture = useRef<HTMLDivElement>(null)
  const keep = useMutation({
    mutationFn: async (kind: 'png' | 'svg') => {
      if (!picture.current) return
      const svg = await pictureFile(picture.current, { title, about, foot })
      const blob =
        kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await picturePixels(svg)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(blob)
      link.download = `${title}.${kind}`
      link.click()
      URL.revokeObjectURL(link.href)
    },
  })
  return (
    <>
      <div ref={picture}>{children}</div>
      <Group gap="xs">
        <Text c="var(--ink-soft)" size="sm" span>
          {t('picture.slide')}
        </Text>
        {(['png', 'svg'] as const).map((kind) => (
          <Button
            key={kind}
            variant="subtle"
            loading={keep.isPending && keep.variables === kind}
            onClick={() => keep.mutate(kind)}
            aria-label={t('picture.keep', { title, kind: kind.toUpperCase() })}
          >
            {kind.toUpperCase()}
          </Button>
        ))}
      </Group>
      {keep.isError && <p role="alert">{t('picture.notKept')}</p>}
    </>
  )
}
