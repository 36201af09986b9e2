/**
 * How much of one mail is read. Real answers take some kilobytes; a mail beyond any of these is set
 * aside for a person, so that no mail can stall the next ones.
 */
export const limits = {
  /** raw octets; with RFC822.SIZE such a mail need not even be fetched */
  mailBytes: 10 * 1024 * 1024,
  /** octets of one header block */
  headerBytes: 256 * 1024,
  /** multiparts and leaves together */
  parts: 200,
  /** multiparts within multiparts; real mails stay below 6 */
  depth: 10,
  /** calendars in one mail: real ones have two */
  calendars: 10,
  /** decoded octets of one calendar */
  calendarBytes: 512 * 1024,
  /** unfolded lines of one calendar */
  calendarLines: 10_000,
  /** characters of one unfolded line */
  lineLength: 64 * 1024,
  /** characters of a comment, or of a letter, kept for a person */
  textLength: 2_000,
} as const

/** A mail beyond our {@link limits}: caught where a mail is read, never by a caller. */
export class BeyondLimits extends Error {}
