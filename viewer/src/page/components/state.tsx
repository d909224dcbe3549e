import type { ComponentChildren } from 'preact'
import type { Loaded } from '../data.ts'

interface StateProps<T> {
  readonly loaded: Loaded<T>
  readonly children: (data: T) => ComponentChildren
}

/** What is loaded; until then that it loads, and beside it why the newest answer is missing. */
export function State<T>({ loaded: { data, error }, children }: StateProps<T>) {
  return (
    <>
      {error !== undefined && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
      {data === undefined && error === undefined && <p class="hint">Loading…</p>}
      {data !== undefined && children(data)}
    </>
  )
}

/** What to do where there is nothing to see. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <section class="empty">{children}</section>
}
