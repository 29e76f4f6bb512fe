/** The labs, as the app asks for them; loaded when it first does. */
import { LabError } from '../errors.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import type { LabEntry, Services } from '../views/tui/services.ts'

type LabServices = Pick<Services, 'labs' | 'openLab' | 'labReport' | 'resetLab'>

const library = () => import('../labs/library.ts')
const progressStore = () => import('../labs/progress-store.ts')

export function labServices(runtime: 'auto' | RuntimeKind): LabServices {
  return {
    labs: async () => {
      const { listLabs } = await library()
      const entries = await Promise.all((await listLabs()).map(({ folder }) => entryOf(folder)))
      return entries.filter((entry) => entry !== null)
    },
    openLab: async (id, note) => {
      const [{ labNamed }, { openSession }] = await Promise.all([library(), import('../labs/open-session.ts')])
      return openSession(await labNamed(id), { runtime, note, watch: true })
    },
    labReport: async (id) => {
      const [{ labNamed }, { reportOn }] = await Promise.all([library(), import('./save-lab-report.ts')])
      return reportOn(await labNamed(id), runtime)
    },
    resetLab: async (id) => {
      const [{ labNamed }, { setAside }] = await Promise.all([library(), progressStore()])
      await setAside((await labNamed(id)).id, new Date())
    },
  }
}

async function entryOf(folder: string): Promise<LabEntry | null> {
  const [{ loadLab }, { readProgress }] = await Promise.all([import('../labs/load.ts'), progressStore()])
  try {
    const lab = await loadLab(folder)
    const { progress } = await readProgress(lab.id)
    return { lab, progress }
  } catch (error) {
    if (error instanceof LabError) return null
    throw error
  }
}
