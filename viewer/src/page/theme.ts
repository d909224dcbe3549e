import { useEffect, useState } from 'preact/hooks'

const KEPT = 'llmscope-theme'
const CHANGED = 'llmscope:theme'
const dark = matchMedia('(prefers-color-scheme: dark)')

const isDarkNow = (): boolean => {
  const chosen = document.documentElement.dataset['theme']
  return chosen === undefined ? dark.matches : chosen === 'dark'
}

/** Shows the page as it was last asked for here; else as the system is. */
export function restoreTheme(): void {
  const kept = localStorage.getItem(KEPT)
  if (kept !== null) document.documentElement.dataset['theme'] = kept
}

export function changeTheme(): void {
  const theme = isDarkNow() ? 'light' : 'dark'
  document.documentElement.dataset['theme'] = theme
  localStorage.setItem(KEPT, theme)
  dispatchEvent(new Event(CHANGED))
}

/** Whether the page is dark, as that changes. */
export function useIsDark(): boolean {
  const [isDark, setDark] = useState(isDarkNow)
  useEffect(() => {
    const read = (): void => setDark(isDarkNow())
    dark.addEventListener('change', read)
    addEventListener(CHANGED, read)
    return () => {
      dark.removeEventListener('change', read)
      removeEventListener(CHANGED, read)
    }
  }, [])
  return isDark
}
