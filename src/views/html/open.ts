/** Opens a file in the reader's browser. */
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'

/** False where nothing could be asked to open it; true says that a program took it, not that a window is there. */
export function openInBrowser(path: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [command, args] = opener(pathToFileURL(path).href, platform)
  return new Promise((resolve) => {
    // Detached and without our streams: the browser outlives this process and must not write into its output.
    const child = spawn(command, args, { detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      // xdg-open and its like end at once, with an error where they know no browser; a browser itself stays.
      const settled = setTimeout(() => resolve(true), 1500)
      child.once('exit', (code) => {
        clearTimeout(settled)
        resolve(code === 0)
      })
    })
  })
}

function opener(url: string, platform: NodeJS.Platform): [string, string[]] {
  if (platform === 'darwin') return ['open', [url]]
  // Not `start`: that is a command of the shell, which would read the address's special characters.
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return ['xdg-open', [url]]
}
