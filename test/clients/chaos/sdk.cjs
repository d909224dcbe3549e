'use strict'
const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const vm = require('node:vm')

/** The error that is thrown at a fault point. */
class Fault extends Error {
  name = 'Fault'
}

/**
 * The SDK with its fault points. Every `load` makes a new copy, which remembers nothing; what is noted is
 * which points are reached. The one that is armed throws when it is reached first.
 */
class FaultySdk {
  reached = new Set()
  thrown = false
  #armed
  #current
  #file
  #make

  constructor(folder) {
    const file = path.join(folder, 'faulty-sdk.cjs')
    const source = `(function (exports, require, __filename, chaos) {${readFileSync(file, 'utf8')}\n})`
    this.#file = file
    this.#make = new vm.Script(source, { filename: file }).runInThisContext()
  }

  load() {
    const exports = {}
    this.arm(undefined)
    this.#current = exports
    // timers of earlier copies may still run
    const at = (point) => this.#current === exports && this.#at(point)
    this.#make(exports, createRequire(this.#file), this.#file, at)
    this.reached = new Set()
    return exports
  }

  arm(point) {
    this.reached = new Set()
    this.thrown = false
    this.#armed = point
  }

  #at(point) {
    this.reached.add(point)
    if (point !== this.#armed) return
    this.#armed = undefined
    this.thrown = true
    throw new Fault(`fault ${point}`)
  }
}

module.exports = { FaultySdk }
