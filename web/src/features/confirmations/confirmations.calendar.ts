/** What a calendar of another company is told: never a name, nor a link of ours. */
export interface Entry {
  title: string
  startsAt: Date
  endsAt: Date
  place: string
}

/** Google Calendar’s form, filled in; instants in UTC as `20270520T064500Z`. */
export function googleLink({ title, startsAt, endsAt, place }: Entry): string {
  const instant = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, '')
  const filled = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${instant(startsAt)}/${instant(endsAt)}`,
    location: place,
  })
  return `https://calendar.google.com/calendar/render?${filled}`
}

/** Outlook’s form on the web, filled in; it reads `%20`, and shows a `+` as it is. */
export function outlookLink({ title, startsAt, endsAt, place }: Entry): string {
  const filled = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: startsAt.toISOString(),
    enddt: endsAt.toISOString(),
    location: place,
  })
  const query = filled.toString().replaceAll('+', '%20')
  return `https://outlook.office.com/calendar/0/deeplink/compose?${query}`
}
