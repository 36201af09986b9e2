import { z } from 'zod'

/** What can be drawn on the one page; three of them fit. */
export const pictureKinds = ['irritants', 'map', 'moments', 'severity'] as const
export const pictureKindSchema = z.enum(pictureKinds)
export type PictureKind = z.infer<typeof pictureKindSchema>

/** What a table of the exports lists, one file or sheet each. */
export const tableKinds = [
  'figures',
  'irritants',
  'map',
  'moments',
  'places',
  'findings',
  'actions',
  'quotes',
] as const
export const tableKindSchema = z.enum(tableKinds)
export type TableKind = z.infer<typeof tableKindSchema>

/** As many pictures and as many quotes as one page holds beside its figures. */
export const mostPictures = 3
export const mostQuotes = 3
/** Four lines of the one page. */
export const longestComing = 400
