import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js'
import { encodeResponse, responseMessage, type Signal } from '../otlp/messages.ts'
import type { Guard } from '../server/guard.ts'
import { MAX_UNPACKED } from './body.ts'
import type { Ingest } from './ingest.ts'

const SERVICES: Readonly<Record<Signal, string>> = {
  traces: 'trace.v1.TraceService',
  metrics: 'metrics.v1.MetricsService',
  logs: 'logs.v1.LogsService',
}

type Call = ServerUnaryCall<Buffer, Uint8Array>
type Answer = sendUnaryData<Uint8Array>

/** A server of OTLP/gRPC that listens. */
export interface GrpcReceiver {
  readonly port: number
  close(): void
}

/** Receives OTLP over gRPC; rejects where the port cannot be had. */
export async function startGrpcReceiver(
  ingest: Ingest,
  guard: Guard,
  host: string,
  port: number,
): Promise<GrpcReceiver> {
  // loaded only where it is asked for: it takes longer than everything else
  const { Server, ServerCredentials, status } = await import('@grpc/grpc-js')
  const server = new Server({ 'grpc.max_receive_message_length': MAX_UNPACKED })
  const receive = async (signal: Signal, call: Call, answer: Answer): Promise<void> => {
    const [authorization] = call.metadata.get('authorization')
    if (!guard.admits(authorization?.toString())) {
      return answer({ code: status.UNAUTHENTICATED, details: 'It needs the token.' })
    }
    if (ingest.isBusy) {
      return answer({ code: status.UNAVAILABLE, details: 'It is busy writing; try again.' })
    }
    const outcome = await ingest.deliver(signal, 'protobuf', call.request)
    if (outcome.kind === 'kept') {
      return answer(null, encodeResponse(signal, responseMessage(signal, outcome.rejection)))
    }
    const code = outcome.kind === 'malformed' ? status.INVALID_ARGUMENT : status.UNAVAILABLE
    return answer({ code, details: outcome.reason })
  }
  for (const [signal, name] of Object.entries(SERVICES) as Array<[Signal, string]>) {
    server.addService(definition(name), {
      Export: (call: Call, answer: Answer) => {
        receive(signal, call, answer).catch((error: unknown) =>
          answer({ code: status.UNAVAILABLE, details: String(error) }),
        )
      },
    })
  }
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
    error ? reject(error) : resolve(bound),
  )
  return { port: await promise, close: () => server.forceShutdown() }
}

const same = (bytes: Uint8Array): Buffer => Buffer.from(bytes)

/** The one method of a service. Bytes stay bytes: the thread that writes decodes them. */
function definition(name: string): ServiceDefinition {
  return {
    Export: {
      path: `/opentelemetry.proto.collector.${name}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  }
}
