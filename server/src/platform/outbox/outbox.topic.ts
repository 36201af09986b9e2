/** What whoever follows the mails of a day or a workshop listens to: one written, left, failed or came back. */
export const mailsTopic = (dayOrWorkshopId: string) => `mails:${dayOrWorkshopId}` as const
