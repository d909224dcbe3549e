import { destinationOf, otlpVariable, type Signal, SIGNALS } from '../../delivery/destination.ts'
import { VARIABLES } from '../../options.ts'
import { type Check, type Finding, ok, problem, type Subject, unknown } from '../check.ts'
import { nearest } from '../nearest.ts'

type Environment = Subject['environment']

const OPTIONS = Object.values(VARIABLES)
const NAMES = OPTIONS.map(({ name }) => name)
const PROTOCOLS = ['grpc', 'http/protobuf', 'http/json']
const SAMPLERS = ['always_on', 'always_off', 'traceidratio'].flatMap((name) => [
  name,
  `parentbased_${name}`,
])

export const variables: Check = {
  name: 'Environment variables',
  run: ({ environment }) => {
    const findings = [
      ...misspelt(environment),
      ...wrong(environment),
      ...switchedOff(environment),
      ...SIGNALS.flatMap((signal) => addressed(signal, environment)),
      ...sampled(environment),
    ]
    return findings.length > 0 ? findings : [ok('nothing contradicts itself')]
  },
}

function misspelt(environment: Environment): Finding[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('LLMSCOPE_') && !NAMES.includes(name))
    .map((name) => {
      const meant = nearest(name, NAMES)
      return problem(
        `${name} is no variable of llmscope`,
        meant ? `Is ${meant} meant?` : `There are ${NAMES.join(', ')}.`,
      )
    })
}

function wrong(environment: Environment): Finding[] {
  return OPTIONS.flatMap(({ name, expected, parse }) => {
    const text = environment[name]?.trim()
    if (!text || parse(text) !== undefined) return []
    return [problem(`${name} is ${text}`, `It takes ${expected}.`)]
  })
}

function switchedOff(environment: Environment): Finding[] {
  if (environment['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') {
    return [problem('OTEL_SDK_DISABLED is true: nothing is sent at all', 'Unset it.')]
  }
  return SIGNALS.filter((signal) =>
    destinationOf(signal, environment).exporters.includes('none'),
  ).map((signal) => {
    const name = `OTEL_${signal.toUpperCase()}_EXPORTER`
    return problem(`${name} is none: no ${signal} are sent`, `Unset it, if ${signal} are wanted.`)
  })
}

function addressed(signal: Signal, environment: Environment): Finding[] {
  const { exporters, protocol, url } = destinationOf(signal, environment)
  if (!exporters.includes('otlp')) return []
  if (!PROTOCOLS.includes(protocol)) {
    return [
      problem(`the protocol of ${signal} is ${protocol}`, `It takes ${PROTOCOLS.join(', ')}.`),
    ]
  }
  if (!URL.canParse(url)) {
    return [problem(`${signal} go to ${url}, which is no URL`, 'Write it as http://host:4318.')]
  }
  const { port, pathname } = new URL(url)
  if (/\/v1\/\w+\/v1\/\w+$/.test(pathname)) {
    return [
      problem(
        `${signal} go to ${url}`,
        'OTEL_EXPORTER_OTLP_ENDPOINT is the base address: leave /v1/… out, which is added.',
      ),
    ]
  }
  return [...portOf(signal, protocol, port), ...headersOf(signal, environment)]
}

function portOf(signal: Signal, protocol: string, port: string): Finding[] {
  const usual = protocol === 'grpc' ? '4317' : '4318'
  if (!['4317', '4318'].includes(port) || port === usual) return []
  return [
    unknown(
      `${signal} go to port ${port} by ${protocol}, for which ${usual} is usual`,
      'Set OTEL_EXPORTER_OTLP_PROTOCOL to grpc for 4317, to http/protobuf for 4318.',
    ),
  ]
}

function headersOf(signal: Signal, environment: Environment): Finding[] {
  const headers = otlpVariable(signal, 'HEADERS', environment)
  const wrongOnes = headers?.split(',').filter((header) => !/^\s*[^=\s]+\s*=.+$/.test(header)) ?? []
  if (wrongOnes.length === 0) return []
  return [
    problem(
      `the headers of ${signal} have a part that is no name=value`,
      'Write them as name=value,name=value, with spaces in values as %20.',
    ),
  ]
}

function sampled(environment: Environment): Finding[] {
  const name = environment['OTEL_TRACES_SAMPLER']?.trim()
  if (!name) return []
  if (!SAMPLERS.includes(name)) {
    return [problem(`OTEL_TRACES_SAMPLER is ${name}`, `It takes ${SAMPLERS.join(', ')}.`)]
  }
  const argument = environment['OTEL_TRACES_SAMPLER_ARG']?.trim()
  if (
    name.endsWith('traceidratio') &&
    argument &&
    !(Number(argument) >= 0 && Number(argument) <= 1)
  ) {
    return [problem(`OTEL_TRACES_SAMPLER_ARG is ${argument}`, 'It takes a number from 0 to 1.')]
  }
  const isNothing =
    name.endsWith('always_off') || (name.endsWith('traceidratio') && Number(argument ?? 1) === 0)
  return isNothing ? [problem(`OTEL_TRACES_SAMPLER is ${name}: no span is sent`, 'Unset it.')] : []
}
