import { useEffect, useRef, useState } from 'preact/hooks'
import type { Failure, LiveChange, LiveTraces } from '../api.ts'

/** What the viewer answered, or why it did not. The answer before stays until the next one is there. */
export interface Loaded<T> {
  readonly data?: T
  readonly error?: string
}

async function load(path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { signal })
  const body: unknown = await response.json()
  if (!response.ok) throw new Error((body as Failure).error)
  return body
}

/** The answer to a path of the API, asked for anew when the path or `version` changes. */
export function useData<T>(path: string, version = 0): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({})
  useEffect(() => {
    const controller = new AbortController()
    load(path, controller.signal).then(
      (data) => setLoaded({ data: data as T }),
      (error: unknown) => {
        if (controller.signal.aborted) return
        const reason = error instanceof Error ? error.message : String(error)
        setLoaded((before) => ({ ...before, error: reason }))
      },
    )
    return () => controller.abort()
  }, [path, version])
  return loaded
}

/** What changes while the page is open. */
export interface LiveListener {
  readonly traces?: (change: LiveTraces) => unknown
  readonly changed?: (change: LiveChange) => unknown
}

/** Listens to what arrives. The browser connects anew by itself. */
export function useLive(listener: LiveListener): void {
  useEffect(() => {
    const source = new EventSource('/data/live')
    for (const [name, hears] of Object.entries(listener) as [string, (change: unknown) => void][])
      source.addEventListener(name, ({ data }: MessageEvent<string>) => hears(JSON.parse(data)))
    return () => source.close()
  }, [])
}

const REFRESH_MS = 1000

/**
 * The moment as of which data of a kind is to be asked for: it moves on after more has arrived, once a second at
 * most, since the answers can be large.
 */
export function useRefreshed(kind: 'traces' | keyof LiveChange): number {
  const [asked, setAsked] = useState(Date.now)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const soon = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      setAsked(Date.now())
    }, REFRESH_MS)
  }
  useLive({
    traces: () => kind === 'traces' && soon(),
    changed: (change) => kind !== 'traces' && change[kind] && soon(),
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return asked
}
