/** What every screen may ask for: services, what the terminal can show, how large it is, and where to say something. */
import { createContext, type ReactNode, use } from 'react'
import type { Screen, Services } from '../services.ts'
import type { TextOptions } from '../text/style.ts'
import type { Shutdown } from './shutdown.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Enough for every screen; below it the app says so. */
export const smallest: Size = { columns: 60, rows: 16 }
/** Header, rule, status line and footer. */
const framing: Size = { columns: 2, rows: 4 }

export interface AppContext {
  readonly services: Services
  readonly screen: Screen
  /** Of the whole terminal, never below `smallest`. */
  readonly size: Size
  readonly shutdown: Shutdown
  /** The status line; it stays until the next key. */
  readonly status: string
  readonly say: (status: string) => void
  /** Puts text into the terminal's clipboard (OSC 52) and into a file, and says so. */
  readonly copy: (text: string, what: string) => void
}

const Context = createContext<AppContext | null>(null)

export function AppContextRoot({
  value,
  children,
}: {
  readonly value: AppContext
  readonly children: ReactNode
}): ReactNode {
  return <Context value={value}>{children}</Context>
}

export function useApp(): AppContext {
  const value = use(Context)
  if (!value) throw new Error('useApp outside of the app')
  return value
}

export function useServices(): Services {
  return useApp().services
}

export function useScreen(): Screen {
  return useApp().screen
}

/** The room between header and footer, in cells. */
export function useBody(): Size {
  const { size } = useApp()
  return { columns: size.columns - framing.columns, rows: size.rows - framing.rows }
}

/** For views/text: the body's width and what the terminal can show. */
export function useTextOptions(): TextOptions {
  const { columns } = useBody()
  return { columns, ...useScreen() }
}
