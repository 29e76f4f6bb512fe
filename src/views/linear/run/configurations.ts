/** Each system's native configuration, after how exactly each line of the policy is carried out. */
import type { RunRecord, SystemRecord } from '../../../measurement/run-record.ts'
import { blockLines } from '../../text/blocks/blocks.ts'
import type { Section } from '../../text/report.ts'
import { shown, type TextOptions, wrapped } from '../../text/style.ts'

export function configurations(record: RunRecord, options: TextOptions): readonly Section[] {
  return record.scenarios.flatMap(({ scenario, subjects }) =>
    subjects
      .filter(({ native }) => native.files.length > 0)
      .map((subject) => {
        const title = `${scenario.title}, ${subject.label}`
        return { title, lines: [...wrapped(shown(title, options), options), ...nativeLines(subject, options)] }
      }),
  )
}

function nativeLines({ native }: SystemRecord, options: TextOptions): readonly string[] {
  return [
    ...native.fidelity.flatMap(({ line, level, how }) => wrapped(shown(`${line}: ${level}. ${how}`, options), options)),
    ...native.files.flatMap(({ path, language, text }) => [
      '',
      ...blockLines({ kind: 'code', title: path, language, text }, options),
    ]),
  ]
}
