import clients from './clients.cjs'
import programs from './programs.cjs'

const [, , name, baseURL, program, specifier = clients[name].module] = process.argv

await programs.run(program, clients[name], await import(specifier), baseURL)
