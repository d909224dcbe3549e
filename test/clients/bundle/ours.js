import { start } from '@llmscope/sdk'
import { calls } from './calls.js'

start()
void calls()
