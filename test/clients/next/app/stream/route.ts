import { openClient, questionIn } from '../../client'

export async function POST(request: Request): Promise<Response> {
  const question = await questionIn(request)
  const stream = await openClient().chat.completions.create({
    ...question,
    stream: true,
    stream_options: { include_usage: true },
  })
  return new Response(stream.toReadableStream())
}
