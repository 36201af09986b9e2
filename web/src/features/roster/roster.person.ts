/** Somebody chosen among the people of a region. */
export interface ChosenPerson {
  id: string
  name: string
}
