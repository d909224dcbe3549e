import { openClient, questionIn } from '../../client'

export async function POST(request: Request): Promise<Response> {
  const question = await questionIn(request)
  const { choices } = await openClient().chat.completions.create(question)
  return new Response(choices[0]?.message.content)
}
