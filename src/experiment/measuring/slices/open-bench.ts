import { disturbanceReader } from '../../../runtime/machine/disturbances.ts'
import { allowedCores } from '../../../runtime/machine/pinning.ts'
import type { CpuMeter, Running } from '../../../runtime/topology.ts'
import type { MeasuringTask } from '../measuring.ts'
import { openReached } from './reached.ts'
import type { Bench } from './slice.ts'
import { slicePhases } from './slice-plan.ts'

/** Opens the accounts that stay the same over all starts: those of drivers, origins and the machine. */
export async function openBench(
  { runtime, drivers, origins, scenario }: MeasuringTask,
  sliceMs: number,
  placeOf: Bench['placeOf'],
): Promise<Bench> {
  const { driver, others } = runtime.pinning
  const cores = driver && others ? [...driver, ...others] : null
  return {
    scenario,
    phases: slicePhases(scenario, sliceMs),
    sides: {
      front: { driver: drivers.front, meter: await meterOf(drivers.front.running) },
      back: { driver: drivers.back, meter: await meterOf(drivers.back.running) },
    },
    originsMeter: await meterOf(origins.running),
    reached: await openReached(origins),
    disturbances: disturbanceReader(cores),
    cores: (cores ?? allowedCores()).length || 1,
    placeOf,
    beganAt: performance.now(),
  }
}

/** Of all these together; null where one does not tell. */
async function meterOf(parts: readonly Running[]): Promise<CpuMeter> {
  const meters = await Promise.all(parts.map((part) => part.openCpuMeter()))
  return async () => {
    const each = await Promise.all(meters.map((meter) => meter()))
    return each.reduce((sum, ns) => (sum === null || ns === null ? null : sum + ns), 0)
  }
}
