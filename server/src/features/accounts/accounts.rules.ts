/** A sign-in link lives long enough for a slow mail server, short enough for a forgotten screen. */
export const signInLinkMinutes = 30
/** A phone stays signed in through the weeks of one edition. */
export const sessionDays = 30
/** Links one address may ask for; more would be somebody else's doing. */
export const linksPerAddress = { purpose: 'sign-in-address', limit: 5, windowMinutes: 15 }
/** A whole site may sit behind one public address. */
export const linksPerCaller = { purpose: 'sign-in-caller', limit: 60, windowMinutes: 15 }
/** Guesses at tokens of 128 bits are hopeless; the limit keeps them from being noise as well. */
export const exchangesPerCaller = { purpose: 'sign-in-exchange', limit: 120, windowMinutes: 15 }

export function minutesAfter(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000)
}

/** `Nouvelle-Aquitaine` → `nouvelle-aquitaine`; empty when nothing of the name can be kept. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
