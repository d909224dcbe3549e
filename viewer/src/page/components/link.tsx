import type { ComponentChildren } from 'preact'
import { go } from '../address.ts'

interface LinkProps {
  readonly href: string
  readonly class?: string
  readonly 'aria-current'?: 'page' | undefined
  readonly children: ComponentChildren
}

/** A link within the page; with a modifier it opens as any link does. */
export function Link({ href, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(href)
    scrollTo(0, 0)
  }
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  )
}
