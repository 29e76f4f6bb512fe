/**
 * The course on disk: every lab with the learner's progress, and every folder that is not a valid lab, with the reason.
 */
import { EdgeLabError } from '../../errors.ts'
import { problemIn } from '../../scenario/library.ts'
import type { Lab } from '../file/lab.ts'
import { type LabListing, listLabs } from '../file/library.ts'
import { loadLab } from '../file/load/load.ts'
import type { Progress } from './progress.ts'
import { readProgress } from './progress-store.ts'

export interface Course {
  /** In course order. */
  readonly labs: readonly CourseLab[]
  readonly broken: readonly BrokenLab[]
}

export interface CourseLab {
  readonly lab: Lab
  /** null: not begun, or damaged. */
  readonly progress: Progress | null
  /** Why a progress that is there cannot be read; empty otherwise. */
  readonly damaged: string
}

/** What cannot be started. It breaks no list. */
export interface BrokenLab extends Pick<LabListing, 'id' | 'number'> {
  /** In a line. */
  readonly problem: string
}

export async function readCourse(folder?: string): Promise<Course> {
  const entries = await Promise.all((await listLabs(folder)).map(entryOf))
  return {
    labs: entries.filter((entry) => 'lab' in entry),
    broken: entries.filter((entry) => 'problem' in entry),
  }
}

async function entryOf({ id, number, folder, problem }: LabListing): Promise<CourseLab | BrokenLab> {
  if (problem !== '') return { id, number, problem }
  try {
    const lab = await loadLab(folder)
    return { lab, ...(await readProgress(lab.id)) }
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    return { id, number, problem: problemIn(error) }
  }
}
