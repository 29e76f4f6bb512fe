/**
 * A product that is started again in its container. A shell is the container's first process and starts the product; asked
 * to, it does so once more, in emptied folders. Nothing is done anew of networks and namespaces, which take an engine several
 * times as long as most products need to start.
 */
import { scratchDir } from './container.ts'

/** Names the process that asks; it is there while nobody has started the product again. */
const request = `${scratchDir}/.again`

/** All that a product may write to: what an earlier start left anywhere would be found by the next one. */
const emptied = [scratchDir, '/tmp', '/var/tmp', '/dev/shm']

/** Stands in both streams of the log between the starts. */
export const startedAgain = '-- EdgeLab starts it again --'

/** The command of a container whose product may be started again; it ends as the product ends. */
export function restartable(command: readonly string[]): readonly string[] {
  return ['/bin/sh', '-c', firstProcess, 'edgelab', ...command]
}

// Who has been killed may still hold its port for a moment, or write a last file: the next start waits until nobody is
// alive but this shell, who asked, and what that has started meanwhile. Of a line of /proc/<pid>/stat, what follows the
// name are state and parent.
const firstProcess = `
alone() {
  for each in /proc/[0-9]*; do
    case "$each" in /proc/1 | "/proc/$asker") continue ;; esac
    { read -r line <"$each/stat"; } 2>/dev/null || continue
    set -- \${line##*) }
    [ "$2" = "$asker" ] && continue
    case "$1" in Z | X) ;; *) return 1 ;; esac
  done
}
while :; do
  "$@" </dev/null &
  wait "$!"
  code=$?
  [ -e ${request} ] || exit "$code"
  read -r asker <${request}
  until alone; do sleep 0.01; done
  for folder in ${emptied.join(' ')}; do
    rm -rf "$folder"/* "$folder"/.[!.]* "$folder"/..?* 2>/dev/null
  done
  echo '${startedAgain}'
  echo '${startedAgain}' >&2
done`

/** What a shell in such a container says to have it started again. Of `kill -1` the kernel leaves out who says it. */
export const askForRestart = `
echo "$$" >${request}
kill -KILL -1`
