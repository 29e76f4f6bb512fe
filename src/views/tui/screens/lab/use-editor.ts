import { useStdout, useApp as useTerminal } from 'ink'
import { useRef } from 'react'
import { useApp } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'
import { withLineWrap, withoutLineWrap } from '../../widgets/line-wrap.ts'

/** Opens a file in the learner's editor; the screen is given back meanwhile. */
export function useEditor(): (file: string) => void {
  const { suspendTerminal } = useTerminal()
  const { stdout } = useStdout()
  const { services, say } = useApp()
  const { fail } = useNavigation()
  const isOpen = useRef(false)
  const edit = async (file: string): Promise<void> => {
    // Keys that came in one piece with the one that opened it are still taken.
    if (isOpen.current) return
    isOpen.current = true
    let opened = false
    await suspendTerminal(async () => {
      withLineWrap(stdout)
      opened = await services.edit(file)
      withoutLineWrap(stdout)
    })
    isOpen.current = false
    if (!opened) say(`No editor is known here: set EDITOR, or change ${file} with one of your own.`)
  }
  return (file) => void edit(file).catch(fail)
}
