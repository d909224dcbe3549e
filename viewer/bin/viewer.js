#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

function fail(message) {
  process.stderr.write(`viewer: ${message}\n`)
  process.exitCode = 1
}

if (major < 22 || (major === 22 && minor < 15))
  fail(`it needs Node.js 22.15 or newer, and this is ${process.versions.node}`)
else if (existsSync(main)) await import(main.href)
else fail('it is not built yet: run `npm run build` first')
