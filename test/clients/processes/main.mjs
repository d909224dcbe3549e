import programs from './programs.cjs'

const [, , baseURL, program, specifier = 'openai'] = process.argv
const { OpenAI } = await import(specifier)

await programs[program](new OpenAI({ apiKey: 'x', baseURL }))
