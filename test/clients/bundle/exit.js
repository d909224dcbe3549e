import { flush, start } from '@llmscope/sdk'
import { calls } from './calls.js'

const [, , haste] = process.argv

start()
void calls()
  .then(() => haste ?? flush())
  .then(() => process.exit())
