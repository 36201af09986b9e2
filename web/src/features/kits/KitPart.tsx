import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RouteCall } from '#shared/contract.ts'
import { type KitPart as Part, kitsRoutes as routes } from '#shared/kits/kits.contract.ts'
import type { KitLine } from '#shared/kits/kits.vocabulary.ts'
import { ApiProblem, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { KitFields } from './KitFields.tsx'
import classes from './Kits.module.css'
import { KitLines } from './KitView.tsx'
import { linesOnlyIn } from './kits.lines.ts'

/** A part of a kit as it is read; on demand its fields, what differs, and the way back. */
export function KitPart({
  part,
  heading,
  params,
  draft,
  onDraft,
}: {
  part: Part
  heading: string
  params: RouteCall<typeof routes.saveKitPart>['params']
  /** What is being written; undefined while nobody writes. */
  draft: KitLine[] | undefined
  onDraft: (lines: KitLine[] | undefined) => void
}) {
  const { t } = useTranslation(['kits', 'app'])
  const client = useQueryClient()
  const save = useCall(routes.saveKitPart, { refresh: [['api', 'regions']] })
  const store = (lines: KitLine[] | null) =>
    save.mutate(
      { params, body: { version: part.version, lines } },
      {
        onSuccess: () => onDraft(undefined),
        // Somebody else may have saved: read again, so that the next save answers their text.
        onError: () => void client.invalidateQueries({ queryKey: ['api', 'regions'] }),
      },
    )
  const written = part.lines.length > 0
  const overtaken = save.error instanceof ApiProblem && save.error.problem.code === 'kit-changed'
  return (
    <li className={classes.block} data-open={draft !== undefined || undefined}>
      <div className={classes.blockHead}>
        <h2 className={classes.blockTitle} lang={params.language}>
          {heading}
        </h2>
        {part.edited && <span className={classes.mark}>{t('part.edited')}</span>}
        {draft === undefined && (
          <Button
            variant="subtle"
            className={classes.edit!}
            aria-label={t(written ? 'part.changeNamed' : 'part.writeNamed', { part: heading })}
            onClick={() => onDraft(part.lines)}
          >
            {t(written ? 'part.change' : 'part.write')}
          </Button>
        )}
      </div>
      {draft === undefined ? (
        <div lang={params.language}>
          {written ? (
            <KitLines section={part.section} lines={part.lines} />
          ) : (
            <p className={classes.quiet}>{t('part.nothing')}</p>
          )}
        </div>
      ) : (
        <form
          className={classes.stack}
          onSubmit={(event) => {
            event.preventDefault()
            store(draft)
          }}
        >
          <KitFields
            section={part.section}
            heading={heading}
            language={params.language}
            lines={draft}
            onChange={onDraft}
          />
          {overtaken ? (
            <Overtaken part={part} busy={save.isPending} onTake={() => onDraft(undefined)} />
          ) : (
            <>
              <Refused error={save.error} />
              <div className={classes.actions}>
                <Button type="submit" loading={save.isPending}>
                  {t('app:save')}
                </Button>
                <Button variant="default" onClick={() => onDraft(undefined)}>
                  {t('app:cancel')}
                </Button>
              </div>
            </>
          )}
        </form>
      )}
      {part.edited && draft === undefined && (
        <Difference
          part={part}
          busy={save.isPending}
          onBack={() => store(null)}
          onKeep={() => store(part.lines)}
        />
      )}
    </li>
  )
}

/** Somebody saved in between: both texts are there, and one button for each. */
function Overtaken({ part, busy, onTake }: { part: Part; busy: boolean; onTake: () => void }) {
  const { t } = useTranslation('kits')
  return (
    <Notice
      tone="warn"
      title={t('overtaken.title', { name: part.editedBy ?? t('overtaken.somebody') })}
      action={
        <div className={classes.actions}>
          <Button type="submit" loading={busy}>
            {t('overtaken.mine')}
          </Button>
          <Button variant="default" onClick={onTake}>
            {t('overtaken.theirs')}
          </Button>
        </div>
      }
    >
      <p>{t('overtaken.text')}</p>
      <KitLines section={part.section} lines={part.lines} />
    </Notice>
  )
}

/** What the region changed against what ships, and the way back to it. */
function Difference({
  part,
  busy,
  onBack,
  onKeep,
}: {
  part: Part
  busy: boolean
  onBack: () => void
  onKeep: () => void
}) {
  const { t } = useTranslation('kits')
  const words = useWords()
  const added = linesOnlyIn(part.lines, part.shipped)
  const removed = linesOnlyIn(part.shipped, part.lines)
  return (
    <>
      {part.behind && (
        <Notice
          title={t('behind.title')}
          action={
            <Button variant="default" loading={busy} onClick={onKeep}>
              {t('behind.keep')}
            </Button>
          }
        >
          {t('behind.text')}
        </Notice>
      )}
      <Fold title={t('difference.title')} open={part.behind}>
        <div className={classes.stack}>
          {part.editedBy && part.editedAt && (
            <p className={classes.quiet}>
              {t('difference.by', { name: part.editedBy, moment: words.moment(part.editedAt) })}
            </p>
          )}
          <Changed title={t('difference.added')} part={part} lines={added} />
          <Changed title={t('difference.removed')} part={part} lines={removed} />
          {added.length + removed.length === 0 && <p>{t('difference.order')}</p>}
          <div>
            <Button variant="default" loading={busy} onClick={onBack}>
              {t('difference.back')}
            </Button>
          </div>
        </div>
      </Fold>
    </>
  )
}

function Changed({ title, part, lines }: { title: string; part: Part; lines: KitLine[] }) {
  if (lines.length === 0) return null
  return (
    <div className={classes.changed}>
      <h3>{title}</h3>
      <KitLines section={part.section} lines={lines} />
    </div>
  )
}
