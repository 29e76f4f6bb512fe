/** The app's root: keys, size, the stack of screens, and what they all may ask for. */
import { Box, useStdout, useWindowSize } from 'ink'
import { type ReactNode, useMemo, useReducer, useState } from 'react'
import { EdgeLabError } from '../../errors.ts'
import type { Screen, Services } from '../services.ts'
import { AppContextRoot, smallest } from './app-context.tsx'
import { InFront, KeyboardRoot } from './keys/keys.tsx'
import { moved, type Navigation, NavigationRoot, type Route, startAt } from './navigation.tsx'
import { TooSmall } from './screens/too-small/too-small.tsx'
import type { Shutdown } from './shutdown.ts'
import { clipboardSequence } from './terminal/clipboard.ts'
import { Lines } from './widgets/lines.tsx'
import { useWorkshopLines } from './widgets/use-workshop-lines.ts'

export interface AppProps {
  readonly services: Services
  readonly screen: Screen
  readonly first: Route
  readonly screenFor: (route: Route) => ReactNode
  readonly shutdown: Shutdown
  readonly leave: (why: 'quit' | 'interrupted') => void
  readonly fail: (error: unknown) => void
}

export function App({ services, screen, first, screenFor, shutdown, leave, fail }: AppProps): ReactNode {
  const { columns, rows } = useWindowSize()
  const { stdout } = useStdout()
  const [{ stack }, move] = useReducer(moved, first, startAt)
  const [status, say] = useState('')
  const small = columns < smallest.columns || rows < smallest.rows
  // The workshop's lines stand above every screen, where there is room for both.
  const workshop = useWorkshopLines(services.workshop, columns - 2, screen).slice(0, Math.max(0, rows - smallest.rows))
  const screenRows = rows - workshop.length
  const context = useMemo(() => {
    const size = { columns: Math.max(columns, smallest.columns), rows: Math.max(screenRows, smallest.rows) }
    const copy = async (text: string, what: string): Promise<void> => {
      const sequence = clipboardSequence(text)
      // Between two frames: it moves no cursor and draws nothing.
      if (sequence) stdout.write(sequence)
      const copied = sequence ? `${what} copied` : `${what} is too long for the clipboard`
      try {
        say(`${copied}; it is in ${await services.keepCopy(text)} too`)
      } catch (error) {
        if (!(error instanceof EdgeLabError)) throw error
        say(`${copied}. ${error.message}`)
      }
    }
    return {
      services,
      screen,
      size,
      shutdown,
      status,
      say,
      copy: (text: string, what: string) => void copy(text, what).catch(fail),
    }
  }, [services, screen, shutdown, fail, stdout, columns, screenRows, status])
  return (
    <KeyboardRoot
      always={({ name }) => {
        if (name === 'ctrl+c') leave('interrupted')
        return name === 'ctrl+c'
      }}
    >
      <AppContextRoot value={context}>
        <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
          {small && <TooSmall size={{ columns, rows }} screen={screen} />}
          {workshop.length > 0 && (
            <Box paddingX={1} flexShrink={0}>
              <Lines lines={workshop} height={workshop.length} />
            </Box>
          )}
          {stack.map(({ key, route, visits }, depth) => {
            const inFront = depth === stack.length - 1 && !small
            const navigation: Navigation = {
              go: (to) => move({ type: 'go', from: key, route: to }),
              replace: (to) => move({ type: 'replace', from: key, route: to }),
              back: depth === 0 ? () => leave('quit') : () => move({ type: 'back', from: key }),
              quit: () => leave('quit'),
              fail,
              depth,
              visits,
            }
            return (
              <InFront key={key} is={inFront}>
                <NavigationRoot value={navigation}>
                  <Box display={inFront ? 'flex' : 'none'}>{screenFor(route)}</Box>
                </NavigationRoot>
              </InFront>
            )
          })}
        </Box>
      </AppContextRoot>
    </KeyboardRoot>
  )
}
