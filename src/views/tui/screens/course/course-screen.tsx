import { type ReactNode, useState } from 'react'
import type { BrokenLab } from '../../../../labs/progress/course.ts'
import type { LabEntry } from '../../../services.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { isFinished, nextLab } from '../../../words/course-words.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { useDoing } from '../../doing.ts'
import type { Binding } from '../../keys/keys.tsx'
import { useNavigation } from '../../navigation.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { useLoaded } from '../../widgets/loaded.ts'
import { Ask } from './ask.tsx'
import { aboutBrokenLines, aboutLines, brokenLines, courseLines } from './course-lines.ts'
import { useLabReport } from './use-lab-report.ts'

const title = 'The course'
/** A state further right than this is no longer seen with its lab. */
const widestList = 96

/** All labs in order: open one, read its report, begin one anew. */
export function CourseScreen(): ReactNode {
  const { services } = useApp()
  const { visits } = useNavigation()
  const [resets, reset] = useState(0)
  // Coming back from a lab, it is somewhere else.
  const labs = useLoaded(services.labs, [visits, resets])
  const broken = useLoaded(services.brokenLabs, [visits])
  const options = useTextOptions()
  const { rows } = useBody()
  switch (labs.state) {
    case 'waiting':
      return (
        <Frame title={title} bindings={[]}>
          <Lines lines={['Reading the labs.']} height={rows} />
        </Frame>
      )
    case 'failed':
      return (
        <Frame title={title} bindings={[]}>
          <Lines lines={wrapped(shown(labs.error.message, options), options)} height={rows} />
        </Frame>
      )
    case 'ready':
      return (
        <Course
          labs={labs.value}
          broken={broken.state === 'ready' ? broken.value : []}
          changed={() => reset(resets + 1)}
        />
      )
    default:
      return labs satisfies never
  }
}

function Course({
  labs,
  broken,
  changed,
}: {
  readonly labs: readonly LabEntry[]
  readonly broken: readonly BrokenLab[]
  /** A lab was begun anew. */
  readonly changed: () => void
}): ReactNode {
  const [asking, ask] = useState(false)
  const { go } = useNavigation()
  const options = useTextOptions()
  const { columns, rows } = useBody()
  const startAnew = useStartAnew(changed)
  const report = useLabReport()
  const count = labs.length + broken.length
  const high = Math.max(1, Math.min(count, Math.ceil(rows / 2)))
  const choice = useChoice(count, high, labs.indexOf(nextLab(labs) ?? labs[0]!))
  const chosen = labs[choice.at]
  const hopeless = broken[choice.at - labs.length]
  const list = { ...options, columns: Math.min(columns - 2, widestList) }
  if (chosen && asking) {
    return (
      <Ask
        title={title}
        question={`Begin lab ${chosen.lab.number}, ${chosen.lab.title}, anew? Its answers and your files of it are set aside.`}
        yes="begin anew"
        close={() => ask(false)}
        act={() => startAnew(chosen)}
      />
    )
  }
  const begun = chosen !== undefined && chosen.progress !== null
  const bindings: readonly Binding[] = [
    ...choice.bindings,
    {
      keys: ['return'],
      label: begun ? 'go on' : 'begin',
      footer: true,
      when: chosen !== undefined,
      act: () => chosen && go({ name: 'lab', id: chosen.lab.id }),
    },
    {
      keys: ['o'],
      label: 'report',
      help: 'write the report of this lab and open it in the browser',
      footer: true,
      when: begun,
      act: () => chosen && report(chosen.lab.id),
    },
    { keys: ['x'], label: 'anew', help: 'begin this lab anew; asks', footer: true, when: begun, act: () => ask(true) },
  ]
  const about = chosen
    ? aboutLines(chosen, options)
    : hopeless
      ? aboutBrokenLines(hopeless, options)
      : ['There are no labs here.']
  return (
    <Frame title={title} right={`${labs.filter(isFinished).length} of ${labs.length} done`} bindings={bindings}>
      <ChoiceList
        items={[...courseLines(labs, list), ...brokenLines(broken, list)]}
        choice={choice}
        height={high}
        columns={columns}
      />
      <Row line="" />
      <Lines lines={about} height={rows - high - 1} />
    </Frame>
  )
}

function useStartAnew(changed: () => void): (entry: LabEntry) => void {
  const { services, say } = useApp()
  const doing = useDoing()
  const startAnew = async ({ lab }: LabEntry): Promise<void> => {
    await services.resetLab(lab.id)
    say(`Lab ${lab.number} is as if it had not been begun.`)
    changed()
  }
  return (entry) => doing(startAnew(entry))
}
