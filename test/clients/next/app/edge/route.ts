import { POST as call } from '../call/route'

export const runtime = 'edge'

export const POST = call
