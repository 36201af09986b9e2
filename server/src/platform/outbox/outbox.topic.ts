/** What whoever follows the mails of a day listens to: one written, left, failed or came back. */
export const mailsTopic = (dayId: string) => `mails:${dayId}` as const
