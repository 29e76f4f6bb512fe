/** Participants and reports for tests. */
import { randomUUID } from 'node:crypto'
import type { JoinRequest } from '../../src/workshop/protocol/messages.ts'
import type { StepReport } from '../../src/workshop/protocol/step-report.ts'

export function joinRequest(given: Partial<JoinRequest> = {}): JoinRequest {
  return {
    passcode: '4829 1357',
    participant: randomUUID(),
    name: 'Ada',
    team: null,
    machine: { version: '0.1.0', runtime: 'processes', systems: ['nginx', 'node-gateway'] },
    ...given,
  }
}

export function stepReport(given: Partial<StepReport> = {}): StepReport {
  return {
    seq: 1,
    at: '2026-01-05T09:00:00.000Z',
    lab: 'one-hop',
    step: 'guess',
    answers: { host: 'replaced' },
    confidence: 2,
    truths: {},
    figures: {},
    checks: null,
    hints: 0,
    done: false,
    skipped: false,
    ...given,
  }
}
