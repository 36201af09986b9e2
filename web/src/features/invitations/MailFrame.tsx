import classes from './Invitations.module.css'

/** A mail exactly as it reads, in a frame where nothing runs and nothing leads anywhere. */
export function MailFrame({ subject, html }: { subject: string; html: string }) {
  return (
    <figure className={classes.mail}>
      <figcaption className={classes.subject}>{subject}</figcaption>
      <iframe className={classes.frame} title={subject} sandbox="" srcDoc={html} />
    </figure>
  )
}
