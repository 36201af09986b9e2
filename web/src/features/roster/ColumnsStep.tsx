import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ImportDraft, rosterRoutes, type SentMapping } from '#shared/roster/roster.contract.ts'
import type { RosterField } from '#shared/roster/roster.vocabulary.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar, Row, Section } from '../../ui/Page.tsx'
import classes from './Import.module.css'
import { type ImportParams, useNumbers } from './roster.api.ts'

type Column = ImportDraft['columns'][number]

/** The file's columns beside ours: only what needs a look stands open. */
export function ColumnsStep({
  params,
  draft,
  onNext,
}: {
  params: ImportParams
  draft: ImportDraft
  onNext: () => void
}) {
  const { t } = useTranslation('roster')
  const number = useNumbers()
  const correct = useCall(rosterRoutes.correct)
  const proposed = mappingOf(draft)
  const [mapping, setMapping] = useState<SentMapping>(proposed)
  const fieldAt = new Map(
    Object.entries(mapping).map(([field, column]) => [column, field as RosterField]),
  )
  const missing = draft.fields.filter(
    ({ field, required }) => required && mapping[field] === undefined,
  )
  // Which columns stand open is decided once: a row must not jump away under the hand.
  const [open] = useState(
    () => new Set(draft.columns.filter((column) => needsLook(column)).map(({ column }) => column)),
  )
  const toCheck = draft.columns.filter(({ column }) => open.has(column))
  const settled = draft.columns.filter(({ column }) => !open.has(column))

  function choose(column: number, field: string) {
    setMapping((before) => {
      const kept = Object.entries(before).filter(([known, at]) => at !== column && known !== field)
      return { ...Object.fromEntries(kept), ...(field ? { [field]: column } : {}) }
    })
  }

  function next() {
    if (JSON.stringify(sorted(mapping)) === JSON.stringify(sorted(proposed))) return onNext()
    const body = { sheet: draft.sheet, headerLine: draft.headerLine, mapping }
    correct.mutate({ params, body }, { onSuccess: onNext })
  }

  const rows = (columns: Column[]) => (
    <ul className={classes.columns}>
      {columns.map((column) => (
        <ColumnRow
          key={column.column}
          column={column}
          field={fieldAt.get(column.column) ?? null}
          fields={draft.fields}
          onChoose={(field) => choose(column.column, field)}
        />
      ))}
    </ul>
  )

  return (
    <>
      {missing.length > 0 ? (
        <Notice tone="warn" title={t('columns.missing', { count: missing.length })}>
          {missing.map(({ name }) => name).join(', ')}
        </Notice>
      ) : (
        <Notice tone="success" title={t('columns.complete')}>
          {draft.remembered ? t('columns.remembered') : t('columns.completeText')}
        </Notice>
      )}
      {toCheck.length > 0 && (
        <Section
          title={t('columns.toCheck', { count: toCheck.length })}
          lead={t('columns.toCheckLead')}
        >
          {rows(toCheck)}
        </Section>
      )}
      {settled.length > 0 && (
        <Fold
          title={t('columns.settled', { count: settled.length })}
          open={toCheck.length === 0 && settled.length <= 10}
        >
          {rows(settled)}
        </Fold>
      )}
      <Fold title={describe()}>
        <Reading params={params} draft={draft} />
      </Fold>
      <Refused error={correct.error} />
      <BottomBar note={missing.length > 0 ? t('columns.blocked') : t('columns.nothingYet')}>
        <Button onClick={next} disabled={missing.length > 0} loading={correct.isPending}>
          {t('columns.next', { count: draft.rows, number: number(draft.rows) })}
        </Button>
      </BottomBar>
    </>
  )

  function describe() {
    const { format, encoding, separator, sheet, headerLine } = draft
    return format === 'csv'
      ? t('reading.csv', {
          encoding,
          separator: separator === '\t' ? t('reading.tab') : separator,
          line: headerLine,
        })
      : t('reading.xlsx', { sheet, line: headerLine })
  }
}

function mappingOf(draft: ImportDraft): SentMapping {
  return Object.fromEntries(
    draft.columns.flatMap(({ field, column }) => (field === null ? [] : [[field, column]])),
  )
}

const sorted = (mapping: SentMapping) =>
  Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1))

/** A name we know is settled; a guess from the cells, or no guess at all, deserves a look. */
const needsLook = ({ by, field, unneeded, samples }: Column) =>
  by === 'content' || (field === null && unneeded === null && samples.length > 0)

function ColumnRow({
  column,
  field,
  fields,
  onChoose,
}: {
  column: Column
  field: RosterField | null
  fields: ImportDraft['fields']
  onChoose: (field: string) => void
}) {
  const { t } = useTranslation('roster')
  const { header, unneeded, samples, by } = column
  const name = header || t('columns.unnamed', { number: column.column + 1 })
  const why =
    field === null && unneeded
      ? t('columns.unneeded', { what: t(`unneeded.${unneeded}`) })
      : field !== null && by === 'content'
        ? t('columns.byContent')
        : undefined
  return (
    <li className={classes.column} data-used={field !== null || undefined}>
      <div className={classes.theirs}>
        <span className={classes.header}>{name}</span>
        <span className={classes.samples}>
          {samples.length > 0 ? samples.join(' · ') : unneeded ? '' : t('columns.empty')}
        </span>
      </div>
      <NativeSelect
        aria-label={t('columns.becomes', { name })}
        description={why}
        value={field ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={[
          { value: '', label: t('columns.leaveOut') },
          ...fields.map((one) => ({
            value: one.field,
            label: one.required ? t('columns.required', { name: one.name }) : one.name,
          })),
        ]}
      />
    </li>
  )
}

/** For the file whose sheet or column names were not found where they are. */
function Reading({ params, draft }: { params: ImportParams; draft: ImportDraft }) {
  const { t } = useTranslation('roster')
  const correct = useCall(rosterRoutes.correct)
  const [sheet, setSheet] = useState(draft.sheet)
  const [line, setLine] = useState<number | string>(draft.headerLine)
  return (
    <>
      <Row min="12rem">
        {draft.sheets.length > 1 && (
          <NativeSelect
            label={t('reading.sheet')}
            data={draft.sheets}
            value={sheet ?? ''}
            onChange={(event) => setSheet(event.currentTarget.value)}
          />
        )}
        <NumberInput
          label={t('reading.headerLine')}
          min={1}
          value={line}
          onChange={setLine}
          allowDecimal={false}
        />
      </Row>
      <p>
        <Button
          variant="default"
          loading={correct.isPending}
          onClick={() => {
            const other = sheet !== draft.sheet
            const headerLine = other && line === draft.headerLine ? null : Number(line) || null
            correct.mutate({ params, body: { sheet, headerLine } })
          }}
        >
          {t('reading.again')}
        </Button>
      </p>
      <Refused error={correct.error} />
    </>
  )
}
