import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/min'
import type { Spot } from './names.spot.ts'

/** Where numbers without a prefix are from; others come with theirs, « +44 … » or « 0044 … ». */
const homes: readonly CountryCode[] = ['FR', 'BE']

/** « 10024587 » would pass as Belgian: nobody writes a number at home without its 0. */
const looksDialled = /^[+(0]/

/** Phone numbers as libphonenumber knows them, in whatever groups they are written. */
export function spotPhones(text: string): Spot[] {
  return homes.flatMap((defaultCountry) =>
    findPhoneNumbersInText(text, { defaultCountry })
      .filter(({ startsAt }) => looksDialled.test(text[startsAt]!))
      .map(({ startsAt, endsAt }) => ({ kind: 'phone' as const, start: startsAt, end: endsAt })),
  )
}
