/** The labs, as the app asks for them; loaded when it first does. */
import type { Course } from '../../labs/progress/course.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import type { Services } from '../../views/services.ts'

type LabServices = Pick<Services, 'labs' | 'brokenLabs' | 'openLab' | 'labReport' | 'resetLab'>

const library = () => import('../../labs/file/library.ts')
const progressStore = () => import('../../labs/progress/progress-store.ts')

export function labServices(runtime: 'auto' | RuntimeKind): LabServices {
  return {
    labs: async () => (await course()).labs,
    brokenLabs: async () => (await course()).broken,
    openLab: async (id, note) => {
      const [{ labNamed }, { openSession }] = await Promise.all([
        library(),
        import('../../labs/session/open-session.ts'),
      ])
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

async function course(): Promise<Course> {
  return (await import('../../labs/progress/course.ts')).readCourse()
}
