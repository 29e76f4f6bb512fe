/** What a bill takes for granted beside the prices. Each of them is listed with every bill, and a reader may set it. */

export interface Assumptions {
  /** Hours in a month: 365 days of 24 by twelve. */
  readonly hoursPerMonth: number
  /** How busy the CPUs of a machine may be in the busiest hour; 0–1. */
  readonly utilisation: number
  /** The busiest hour, by the mean of the month: traffic is not even. */
  readonly peak: number
  /** Fewer than two machines are none while one of them restarts. */
  readonly leastMachines: number
  /** What a vCPU does, by what the core does on which CPU per request was measured. */
  readonly vcpuWorth: number
  /** Name of the machine that the curve is drawn for. */
  readonly machine: string
}

export const usualAssumptions: Assumptions = {
  hoursPerMonth: 730,
  utilisation: 0.5,
  peak: 3,
  leastMachines: 2,
  vcpuWorth: 1,
  machine: 'vm-ec2',
}
