/** The region the demo plays in; names, addresses and numbers in its files are made up. */
export const region = { name: 'Nouvelle-Aquitaine', timeZone: 'Europe/Paris' }

export const administrator = {
  email: 'administration@nouvelle-aquitaine.example',
  displayName: 'Administration',
}

/** Somebody of each kind to try the demo as, by employee number in the roster file. */
export const cast = {
  director: '411670',
  coordinator: '401872',
  host: '405601',
  guest: '410309',
  trainer: '410857',
} as const

export type Part = 'administrator' | keyof typeof cast

/** Shops whose people live a programme: one large, and two that are counted together. */
export const programmeSites = ['BOU-33-013', 'BOU-33-010', 'BOU-33-011']

/** The shop where the coordinator and the host of the cast work. */
export const stageSite = 'BOU-33-010'

/** The shop down the road, whose people are asked to the same workshop. */
export const workshopShop = 'BOU-33-013'
