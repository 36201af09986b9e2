// Before anything that cannot quietly be undone:
//   <ConfirmDialog opened={…} onClose={…} title="Envoyer 1 842 invitations ?" confirm="Envoyer"
//     cancel="Pas encore" close="Fermer" onConfirm={…} busy={mutation.isPending}>…</ConfirmDialog>
// `danger` turns the confirming button to heart red outline: for what destroys, not for what sends.
import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ConfirmDialog.module.css'

/** See the top of the file. `close` names the cross; `busy` keeps the dialog open and waiting. */
export function ConfirmDialog({
  opened,
  onClose,
  onConfirm,
  title,
  confirm,
  cancel,
  close,
  busy = false,
  danger = false,
  size = 'md',
  children,
}: {
  opened: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  confirm: string
  cancel: string
  close: string
  busy?: boolean
  danger?: boolean
  size?: 'md' | 'lg' | 'xl'
  children?: ReactNode
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': close, disabled: busy }}
      closeOnEscape={!busy}
      closeOnClickOutside={!busy}
    >
      {children && <div className={classes.text}>{children}</div>}
      <div className={classes.actions}>
        {/* the focus waits on the way out: Enter pressed twice must not send 2,000 mails */}
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          {cancel}
        </Button>
        <Button
          variant={danger ? 'default' : 'filled'}
          className={danger ? classes.danger : undefined}
          onClick={onConfirm}
          loading={busy}
        >
          {confirm}
        </Button>
      </div>
    </Modal>
  )
}
