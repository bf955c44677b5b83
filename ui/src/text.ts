import { en, type Text } from './text/en.ts'
import { nb } from './text/nb.ts'

const KEY = 'jftsim-language'
const dictionaries: Readonly<Record<string, Text>> = { en, nb }

/** Every text of the page, in the language that `?lang=` or the last choice names; English at first. */
export const text: Text = dictionaries[chosenLanguage()] ?? en

/** Draws the page anew in the other language, and remembers it. */
export function switchLanguage(): void {
  localStorage.setItem(KEY, text === en ? 'nb' : 'en')
  const url = new URL(window.location.href)
  url.searchParams.delete('lang')
  window.history.replaceState(null, '', url)
  window.location.reload()
}

function chosenLanguage(): string {
  // The texts are read by unit tests too, where there is no page.
  if (typeof window === 'undefined') return 'en'
  return new URLSearchParams(window.location.search).get('lang') ?? localStorage.getItem(KEY) ?? 'en'
}
