/** Every way out gives the terminal back, stops what runs, and says so on the screen that stays. */
import { type ReactNode, useEffect } from 'react'
import { expect, test } from 'vitest'
import { useApp } from '../../../src/views/tui/app-context.tsx'
import { useNavigation } from '../../../src/views/tui/navigation.tsx'
import { Frame } from '../../../src/views/tui/widgets/frame.tsx'
import { openOn } from './harness.tsx'

const enter = '\u001b[?1049h'
const leave = '\u001b[?1049l'

function Plain(): ReactNode {
  return (
    <Frame title="Plain" bindings={[]}>
      {null}
    </Frame>
  )
}

/** What is written after the alternate screen was left. */
const after = (written: string): string => written.slice(written.lastIndexOf(leave) + leave.length)

test('q on the first screen: the screen is given back and the cursor shown', async () => {
  const app = openOn(<Plain />)
  await app.shows('Plain')
  expect(app.written()).toContain(enter)
  await app.press('q')
  expect(await app.exit).toEqual({ why: 'quit' })
  expect(after(app.written())).toBe('\u001b[?25h\u001b[?7h')
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves as Ctrl-C does', async (signal) => {
  const app = openOn(<Plain />)
  await app.shows('Plain')
  process.emit(signal, signal)
  expect(await app.exit).toEqual({ why: 'interrupted' })
  expect(app.written()).toContain(leave)
})

test('what runs is stopped once the screen is back; then comes the summary', async () => {
  const stopped = Promise.withResolvers<readonly string[]>()
  function Running(): ReactNode {
    const { shutdown } = useApp()
    useEffect(() => {
      shutdown.remember('Report  reports/deleted/report.html')
      shutdown.forget('deleted')
      shutdown.remember('Report  reports/x/\u001b[2Jreport.html')
      // As a screen does: what it holds is let go when it is taken down.
      return shutdown.hold('the run', () => stopped.promise)
    }, [shutdown])
    return <Plain />
  }
  const app = openOn(<Running />)
  await app.shows('Plain')
  await app.press('ctrl+c')
  expect(after(app.written())).toContain('Stopping the run. Ctrl-C does not wait for it.\n')
  stopped.resolve(['Finished rounds are kept.\u0007'])
  expect(await app.exit).toEqual({ why: 'interrupted' })
  expect(after(app.written())).toMatch(
    /^.*\nFinished rounds are kept\.\\x07\nReport {2}reports\/x\/\\x1b\[2Jreport\.html\n$/,
  )
})

test('a second Ctrl-C does not wait', async () => {
  function Stuck(): ReactNode {
    const { shutdown } = useApp()
    useEffect(() => shutdown.hold('the run', () => new Promise(() => undefined)), [shutdown])
    return <Plain />
  }
  const app = openOn(<Stuck />)
  await app.shows('Plain')
  await app.press('ctrl+c')
  process.emit('SIGINT', 'SIGINT')
  expect(await app.exit).toEqual({ why: 'interrupted' })
})

test('a closed terminal says so more than once: what runs is stopped all the same', async () => {
  const stopped = Promise.withResolvers<readonly string[]>()
  function Running(): ReactNode {
    const { shutdown } = useApp()
    useEffect(() => shutdown.hold('the run', () => stopped.promise), [shutdown])
    return <Plain />
  }
  const app = openOn(<Running />)
  await app.shows('Plain')
  process.emit('SIGHUP', 'SIGHUP')
  process.emit('SIGHUP', 'SIGHUP')
  process.emit('SIGTERM', 'SIGTERM')
  await app.lacks('Plain')
  stopped.resolve(['Finished rounds are kept.'])
  await app.exit
  expect(after(app.written())).toContain('Finished rounds are kept.')
})

test('a defect while drawing gives the terminal back and is the exit', async () => {
  function Breaks(): ReactNode {
    throw new Error('broken on purpose')
  }
  const app = openOn(({ name }) => (name === 'home' ? <Opens /> : <Breaks />))
  function Opens(): ReactNode {
    const { go } = useNavigation()
    return (
      <Frame title="Opens" bindings={[{ keys: ['x'], label: 'break', act: () => go({ name: 'doctor' }) }]}>
        {null}
      </Frame>
    )
  }
  await app.shows('Opens')
  await app.press('x')
  await expect(app.exit).rejects.toThrow('broken on purpose')
  expect(app.written()).toContain(leave)
  expect(after(app.written())).not.toContain('broken')
})

test('a defect elsewhere gives the terminal back too', async () => {
  const app = openOn(<Plain />)
  await app.shows('Plain')
  process.emit('uncaughtException', new Error('somewhere'))
  await expect(app.exit).rejects.toThrow('somewhere')
  expect(app.written()).toContain(leave)
})

test('a closed terminal is a way out, not a defect', async () => {
  const app = openOn(<Plain />)
  await app.shows('Plain')
  process.emit('uncaughtException', Object.assign(new Error('write EIO'), { code: 'EIO' }))
  expect(await app.exit).toEqual({ why: 'interrupted' })
})
