import { useTranslation } from 'react-i18next'

/** The parts of the editor, one shown at a time, each with what it is called. */
export const parts = {
  teller: 'editor.person',
  scenes: 'editor.scenes',
  emotion: 'script.emotion',
  reactions: 'editor.reactions',
  techniques: 'script.techniques',
  missions: 'script.missions',
} as const
export type Part = keyof typeof parts
export const partNames = Object.keys(parts) as Part[]

const things = {
  scenes: 'script.scene',
  reactions: 'editor.reaction',
  techniques: 'editor.technique',
  missions: 'editor.mission',
} as const

/** The part in which a path of the document is written. */
export function partOf(path: string): Part {
  const [first] = path.split('.')
  if (first === 'question') return 'reactions'
  return partNames.find((part) => part === first) ?? 'teller'
}

/** « Scène 2 » for a path like `scenes.1.text`: where something stands, in the words of the editor. */
export function usePlaceName(): (path: string) => string {
  const { t } = useTranslation('reminders')
  return (path) => {
    const [first, at] = path.split('.')
    const thing = Object.entries(things).find(([name]) => name === first)
    if (thing && at !== undefined) return t(thing[1], { number: Number(at) + 1 })
    if (first === 'title' || first === 'teaser' || first === 'question') return t(`editor.${first}`)
    return t(parts[partOf(path)])
  }
}
