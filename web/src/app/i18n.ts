import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languages } from '#shared/vocabulary/language.ts'

/** One file per feature and language, named after the feature; loaded with the language. */
const catalogues = {
  fr: import.meta.glob<Record<string, unknown>>('../**/*.fr.json', { import: 'default' }),
  en: import.meta.glob<Record<string, unknown>>('../**/*.en.json', { import: 'default' }),
}

export const i18n = createInstance()
const storageKey = 'language'

async function load(language: Language): Promise<void> {
  const files = Object.entries(catalogues[language])
  await Promise.all(
    files.map(async ([path, read]) => {
      const namespace = /([^/]+)\.(?:fr|en)\.json$/.exec(path)?.[1] ?? path
      if (!i18n.hasResourceBundle(language, namespace)) {
        i18n.addResourceBundle(language, namespace, await read())
      }
    }),
  )
}

/** The language chosen on this device, else the browser's, else French. */
function firstLanguage(): Language {
  const known = (value: string | null | undefined) =>
    languages.find((language) => language === value?.slice(0, 2))
  return known(readStored()) ?? known(navigator.language) ?? 'fr'
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    // Storage closed by the browser's settings: the choice lasts as long as the page.
    return null
  }
}

export async function startI18n(): Promise<void> {
  const language = firstLanguage()
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await load(language)
  document.documentElement.lang = language
}

/** Changes the language of the screens at once, on this device. */
export async function speak(language: Language): Promise<void> {
  await load(language)
  await i18n.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // See readStored.
  }
}
