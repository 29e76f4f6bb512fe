/** What every screen of the app in lines is given. */
import type { LabSession } from '../../labs/session/session.ts'
import type { Services } from '../services.ts'
import type { Dialogue } from './dialogue.ts'

export interface LinearApp {
  readonly services: Services
  readonly dialogue: Dialogue
  /** Leads through a lab, in lines, until the learner leaves it. */
  readonly playLab: (session: LabSession) => Promise<void>
}
