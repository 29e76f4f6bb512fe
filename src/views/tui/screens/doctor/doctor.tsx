/** What runs here, what does not, and the one command that changes it. */
import { type ReactNode, useState } from 'react'
import { doctorTable } from '../../../tables/doctor-table.ts'
import { renderError } from '../../../text/error.ts'
import { tableLines } from '../../../text/table.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, useScroll } from '../../widgets/lines.tsx'
import { useLoaded } from '../../widgets/loaded.ts'

export function DoctorScreen(): ReactNode {
  const { services, copy } = useApp()
  const { rows } = useBody()
  const options = useTextOptions()
  const [time, again] = useState(0)
  const checks = useLoaded(services.examine, [time])
  const lines =
    checks.state === 'waiting'
      ? ['Looking: Node, cores, ports, disk, the container engine, programs on PATH.']
      : checks.state === 'failed'
        ? renderError(checks.error, options).split('\n')
        : tableLines(doctorTable(checks.value), options)
  const scroll = useScroll(lines.length, rows)
  const plain = (): string =>
    checks.state === 'ready'
      ? `${tableLines(doctorTable(checks.value), { columns: 100, color: false, unicode: true }).join('\n')}\n`
      : ''
  return (
    <Frame
      title="What runs here"
      bindings={[
        ...scroll.bindings,
        { keys: ['r'], label: 'look again', footer: true, act: () => again(time + 1) },
        {
          keys: ['y'],
          label: 'copy',
          help: 'copy all of it, for a bug report',
          footer: true,
          when: checks.state === 'ready',
          act: () => copy(plain(), 'What runs here'),
        },
      ]}
    >
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
