import * as bedrock from '@aws-sdk/client-bedrock-runtime'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'
import libraryOf from './library.cjs'

await run(libraryOf(bedrock), dialect, process.argv)
