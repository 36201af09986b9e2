// Where a file is dropped or chosen: <FileDrop label="Fichier des effectifs" hint="CSV ou XLSX, 50 Mo
// au plus" accept=".csv,.xlsx" choose="Choisir un fichier" file={file} onFile={setFile} />
// It only hands over the File; sending it, and its <Progress>, belong to the page.
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useId, useState } from 'react'
import classes from './FileDrop.module.css'

/** See the top of the file. `error` says what is wrong with the chosen file. */
export function FileDrop({
  label,
  hint,
  error,
  choose,
  accept,
  file,
  disabled = false,
  onFile,
}: {
  label: string
  hint?: string
  error?: string
  /** The words of the button: "choose a file". */
  choose: string
  accept?: string
  /** The one chosen so far, whose name is shown. */
  file?: { name: string }
  disabled?: boolean
  onFile: (file: File) => void
}) {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <div>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the input inside does the same */}
      <div
        className={classes.zone}
        data-over={over || undefined}
        data-error={error ? true : undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(!disabled)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const dropped = event.dataTransfer.files[0]
          if (dropped && !disabled) onFile(dropped)
        }}
      >
        <IconFileSpreadsheet size={36} stroke={1.75} aria-hidden />
        <div className={classes.words}>
          <span className={classes.choose}>{file?.name ?? choose}</span>
          {(error || hint) && (
            <span id={`${id}-hint`} className={error ? classes.error : classes.hint}>
              {error ?? hint}
            </span>
          )}
        </div>
        <input
          id={id}
          type="file"
          className={classes.input}
          accept={accept}
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={hint || error ? `${id}-hint` : undefined}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0]
            if (chosen) onFile(chosen)
            // choosing the same file again, after a correction, must count as a choice
            event.currentTarget.value = ''
          }}
        />
      </div>
    </div>
  )
}
