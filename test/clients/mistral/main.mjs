import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { MistralError, SDKError } from '@mistralai/mistralai/models/errors/index.js'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

const library = { Client: Mistral, HTTPClient, APIError: MistralError, BadRequestError: SDKError }
await run(library, dialect, process.argv)
