import { useApp as useTerminal } from 'ink'
import { useApp } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'

/** Opens a file in the learner's editor; the screen is given back meanwhile. */
export function useEditor(): (file: string) => void {
  const { suspendTerminal } = useTerminal()
  const { services, say } = useApp()
  const { fail } = useNavigation()
  const edit = async (file: string): Promise<void> => {
    let opened = false
    await suspendTerminal(async () => {
      opened = await services.edit(file)
    })
    if (!opened) say(`No editor is known here: set EDITOR, or change ${file} with one of your own.`)
  }
  return (file) => void edit(file).catch(fail)
}
