import { useEffect, useState } from 'preact/hooks'
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
  readonly traces?: (change: LiveTraces) => void
  readonly changed?: (change: LiveChange) => void
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
