import type { Sheet } from '#shared/attendance/attendance.sheet.contract.ts'

/** OpenStreetMap with a pin, on any phone; by its address where no coordinates are known. */
export function mapLink({ place, meeting }: Pick<Sheet, 'place' | 'meeting'>): string {
  if (place) {
    const { latitude, longitude } = place
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
  }
  const { address, postcode, town } = meeting.site
  const query = new URLSearchParams({ query: `${address}, ${postcode} ${town}` })
  return `https://www.openstreetmap.org/search?${query}`
}
