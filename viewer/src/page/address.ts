import { useEffect, useState } from 'preact/hooks'

const CHANGED = 'llmscope:address'

/** Shows another address; `replaces` where going back should not come by this one. */
export function go(path: string, replaces = false): void {
  if (replaces) history.replaceState(undefined, '', path)
  else history.pushState(undefined, '', path)
  dispatchEvent(new Event(CHANGED))
}

/** The address of the page, as it changes. */
export function useAddress(): URL {
  const [href, setHref] = useState(location.href)
  useEffect(() => {
    const read = (): void => setHref(location.href)
    addEventListener('popstate', read)
    addEventListener(CHANGED, read)
    return () => {
      removeEventListener('popstate', read)
      removeEventListener(CHANGED, read)
    }
  }, [])
  return new URL(href)
}

/** The same view with other parameters; what is empty is left out. */
export function goWith(address: URL, parameters: Readonly<Record<string, string>>): void {
  const search = new URLSearchParams(address.search)
  for (const [name, value] of Object.entries(parameters)) {
    if (value === '') search.delete(name)
    else search.set(name, value)
  }
  const query = search.toString()
  go(query === '' ? address.pathname : `${address.pathname}?${query}`, true)
}
