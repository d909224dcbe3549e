'use strict'

const DEEPEST = 3

/** Remembers the methods of a client's classes. The function that it returns puts them back. */
function rememberMethods(library, client) {
  const classes = Object.values(library).filter((value) => typeof value === 'function')
  const owners = new Set(
    [...classes.map(({ prototype }) => prototype), ...parts(client)].flatMap(chain),
  )
  const kept = Array.from(owners, (owner) => [owner, Object.getOwnPropertyDescriptors(owner)])
  return () => {
    for (const [owner, descriptors] of kept) restore(owner, descriptors)
  }
}

/** The objects that a client is made of. */
function parts(object, depth = DEEPEST) {
  if (typeof object !== 'object' || object === null) return []
  if (depth === 0) return [object]
  return [object, ...Object.values(object).flatMap((part) => parts(part, depth - 1))]
}

function chain(object) {
  if (!object || object === Object.prototype) return []
  return [object, ...chain(Object.getPrototypeOf(object))]
}

function restore(owner, descriptors) {
  for (const key of Reflect.ownKeys(owner)) {
    const now = Object.getOwnPropertyDescriptor(owner, key)
    const before = descriptors[key]
    const isMethod = typeof now.value === 'function' || now.get !== undefined
    if (!isMethod || (now.value === before?.value && now.get === before?.get)) continue
    if (before) Object.defineProperty(owner, key, before)
    else delete owner[key]
  }
}

module.exports = { rememberMethods }
