import { register, registerHooks } from 'node:module'
import { extname, join } from 'node:path'
import type { Adapter } from './adapter.ts'
import { guard } from '../guard.ts'
import { here, requireHere, requirePackage } from '../here.ts'
import { type Instrumented, instrumented } from '../instrumentations/frameworks.ts'
import { adapters } from '../instrumentations/index.ts'
import { type Announcement, announce, LOADED } from '../loader.ts'
import { log } from '../log.ts'
import { patchModule } from './patch.ts'
import { type Form, reportLoadedBefore, reportModule, seek } from '../report.ts'
import { isObject } from './wrap.ts'

/** First minor and patch release of a Node whose synchronous hooks spare CommonJS (nodejs/node#59929). */
const SOUND: Readonly<Record<number, readonly [minor: number, patch: number]>> = {
  22: [22, 3],
  23: [Infinity, 0],
  24: [11, 1],
  25: [1, 0],
}

let installed = false

/** Instruments every module on the list as the application loads it, by `import` or by `require`. */
export function installHooks(): void {
  if (installed) return
  installed = true
  seek(adapters.map(({ module }) => module))
  for (const { module } of instrumented) reportIfLoaded(module)
  listen()
  const announcements = instrumented.map(announcementOf)
  if (hasSoundHooks()) {
    registerHooks({
      load: (url, context, nextLoad) => {
        const loaded = nextLoad(url, context)
        return guard('load', () => announce(announcements, url, loaded)) ?? loaded
      },
    })
  } else {
    const loader = new URL(`./loader${extname(here)}`, here)
    register(loader, { data: announcements })
    hookRequires()
  }
}

function reportIfLoaded(module: string): void {
  const folder = `/node_modules/${module}/`
  const files = Object.keys(requireHere.cache)
  const before = files.find((file) => file.replaceAll('\\', '/').includes(folder))
  if (before !== undefined) reportLoadedBefore(before)
}

/** The two forms of a client have classes of their own, and each announces itself. */
function listen(): void {
  const listeners = globalThis as unknown as Record<symbol, unknown>
  listeners[Symbol.for(LOADED)] = (module: string, exports: unknown, form: Form, file: string) =>
    guard('load', () => {
      const known = instrumented.find((candidate) => candidate.module === module)
      if (known) load(known, exports, form, file)
    })
}

/** Whether this Node has synchronous hooks that can be used. */
export function hasSoundHooks(): boolean {
  const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number)
  const [soundMinor, soundPatch] = SOUND[major] ?? [0, 0]
  return minor > soundMinor || (minor === soundMinor && patch >= soundPatch)
}

function announcementOf(known: Instrumented): Announcement {
  const { module, files } = known
  return {
    module,
    files: new RegExp(`/node_modules/${module}/(${files.join('|')})\\.[cm]?js$`),
    classes: [...new Set('subscribe' in known ? known.targets : classesOf(known))],
    functions: 'subscribe' in known ? (known.functions ?? []) : functionsOf(known),
  }
}

function functionsOf({ targets }: Adapter): string[] {
  return targets.filter(({ owner }) => owner === undefined).map(({ name }) => name)
}

/** The classes that the adapter's paths begin with. */
function classesOf({ targets, attempt, native, loader }: Adapter): string[] {
  const places = [...targets, attempt, native, loader].filter((place) => place !== undefined)
  const owners = places.map(({ owner }) => owner).filter((owner) => owner !== undefined)
  return owners.map((path) => path.split('.', 1)[0] ?? path)
}

/** For Node whose loader hooks do not see what is required. */
function hookRequires(): void {
  const Hook = loadHook()
  if (!Hook) return
  for (const known of instrumented) {
    const { module, files } = known
    const names = new Set([module, ...files.map((file) => `${module}/${file}`)])
    new Hook([module], { internals: true }, (exports, name, folder) => {
      if (names.has(name.replaceAll('\\', '/').replace(/\.[cm]?js$/, ''))) {
        load(known, exports, 'CommonJS', folder && join(folder, 'package.json'))
      }
      return exports
    })
  }
}

/** A bundle may lie where nothing is installed. It loads no client by `require` either. */
function loadHook(): typeof import('require-in-the-middle').Hook | undefined {
  try {
    return (requirePackage('require-in-the-middle') as typeof import('require-in-the-middle')).Hook
  } catch (error) {
    log('debug', 'cannot load require-in-the-middle', error)
    return undefined
  }
}

function load(known: Instrumented, exports: unknown, form: Form, file?: string): void {
  guard('patch', () => {
    if (!isObject(exports)) return
    const count = 'subscribe' in known ? known.subscribe(exports) : patchModule(known, exports)
    reportModule(known, count, form, file)
  })
}
