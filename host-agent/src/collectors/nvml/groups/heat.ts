import { ofPart } from '../../../gpu/samples.ts'
import type { Device } from '../device.ts'
import { type Group, sampleOf } from '../group.ts'
import { layouts, readNumber, versionWord } from '../layouts.ts'

const GPU_SENSOR = 0
const MEMORY_TEMPERATURE = 82
const THRESHOLDS = [
  { threshold: 0, location: 'gpu', type: 'critical' },
  { threshold: 1, location: 'gpu', type: 'throttled' },
  { threshold: 2, location: 'memory', type: 'max' },
  { threshold: 3, location: 'gpu', type: 'max' },
] as const

/** The temperatures of the GPU and of its memory. */
export const temperature: Group = {
  name: 'temperature',
  tier: 'always',
  open: ({ device, identity }) =>
    function* () {
      const celsius = {
        gpu:
          device.number('nvmlDeviceGetTemperature', GPU_SENSOR) ??
          device.struct('nvmlDeviceGetTemperatureV', layouts.temperature)?.('temperature'),
        memory: device.fields([MEMORY_TEMPERATURE]).get(MEMORY_TEMPERATURE),
      }
      for (const [location, value] of Object.entries(celsius)) {
        // A memory without a sensor reads 0.
        if (location === 'memory' && value === 0) continue
        yield* sampleOf('hw.temperature', value, {
          ...ofPart(identity, `temp/${location}`),
          'hw.sensor_location': location,
        })
      }
    },
}

/** At which temperatures the GPU slows down and shuts down. */
export const temperatureLimits: Group = {
  name: 'temperature limits',
  tier: 'seldom',
  open: ({ device, identity }) =>
    function* () {
      for (const { threshold, location, type } of THRESHOLDS) {
        const value = device.number('nvmlDeviceGetTemperatureThreshold', threshold)
        yield* sampleOf('hw.temperature.limit', value, {
          ...ofPart(identity, `temp/${location}`),
          'hw.sensor_location': location,
          'hw.limit_type': type,
        })
      }
    },
}

/** How fast the fans turn. */
export const fans: Group = {
  name: 'fans',
  tier: 'often',
  open: ({ device, identity }) =>
    function* () {
      const count = device.number('nvmlDeviceGetNumFans') ?? 0
      for (let fan = 0; fan < count; fan += 1) {
        const part = ofPart(identity, `fan/${fan}`)
        const percent = device.number('nvmlDeviceGetFanSpeed_v2', fan)
        yield* sampleOf(
          'hw.fan.speed_ratio',
          percent === undefined ? undefined : percent / 100,
          part,
        )
        yield* sampleOf('hw.fan.speed', readSpeed(device, fan), part)
      }
    },
}

function readSpeed(device: Device, fan: number): number | undefined {
  const speed = Buffer.alloc(layouts.fanSpeed.size)
  speed.writeUInt32LE(versionWord(layouts.fanSpeed))
  speed.writeUInt32LE(fan, 4)
  const told = device.ask('nvmlDeviceGetFanSpeedRPM', speed)
  return told ? readNumber(layouts.fanSpeed, speed, 'speed') : undefined
}
