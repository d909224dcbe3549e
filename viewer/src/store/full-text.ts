const MAX_WORDS = 16

/**
 * What somebody typed, as a query of FTS5: every word must be there, `"…"` is a phrase, and the last word may be
 * unfinished. '' where there is nothing to look for.
 */
export function fullTextQuery(typed: string): string {
  const parts = [...typed.matchAll(/"([^"]*)"|([^\s"]+)/g)].slice(0, MAX_WORDS)
  const isOpen = !/["\s]$/.test(typed)
  return parts
    .map((part, index) => {
      const words = (part[1] ?? part[2] ?? '').replaceAll('\0', '').trim()
      if (!/[\p{L}\p{N}]/u.test(words)) return ''
      return index === parts.length - 1 && isOpen ? `"${words}" *` : `"${words}"`
    })
    .filter((part) => part !== '')
    .join(' ')
}
