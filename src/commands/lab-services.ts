/** The labs, as the app asks for them. */
import { LabError } from '../errors.ts'
import { castLab } from '../labs/cast.ts'
import { labNamed, listLabs } from '../labs/library.ts'
import { loadLab } from '../labs/load.ts'
import { openSession } from '../labs/open-session.ts'
import { readProgress, setAside } from '../labs/progress-store.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import type { LabEntry, Services } from '../views/tui/services.ts'
import { saveLabReport } from './save-lab-report.ts'

type LabServices = Pick<Services, 'labs' | 'openLab' | 'labReport' | 'resetLab'>

export function labServices(runtime: 'auto' | RuntimeKind): LabServices {
  return {
    labs: async () => {
      const entries = await Promise.all((await listLabs()).map(({ folder }) => entryOf(folder)))
      return entries.filter((entry) => entry !== null)
    },
    openLab: async (id, note) => openSession(await labNamed(id), { runtime, note, watch: true }),
    labReport: async (id) => {
      const lab = await labNamed(id)
      const { progress } = await readProgress(lab.id)
      if (progress === null) throw new LabError('labNotBegun', { what: `lab ${lab.number} has not been started` })
      return saveLabReport({ lab, progress, cast: await castLab(lab, runtime, () => undefined) })
    },
    resetLab: async (id) => {
      await setAside((await labNamed(id)).id, new Date())
    },
  }
}

async function entryOf(folder: string): Promise<LabEntry | null> {
  try {
    const lab = await loadLab(folder)
    const { progress } = await readProgress(lab.id)
    return { lab, progress }
  } catch (error) {
    if (error instanceof LabError) return null
    throw error
  }
}
