import { requestHandler } from '@llmscope/sdk'
import { after } from 'next/server'
import { POST as answer } from '../stream/route'

export const POST = requestHandler(answer, { waitUntil: after })
