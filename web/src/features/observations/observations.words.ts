/** The name of a role or an irritant in the reader's language. */
export function nameOf(item: { nameFr: string; nameEn: string }, language: string): string {
  return language === 'en' ? item.nameEn : item.nameFr
}
