/** Readiness of a container, asked from inside: one on an internal network has no published port. */
import type { Launch } from '../../systems/system.ts'
import { containerPort } from './container.ts'

/**
 * A command that ends with 0 as soon as the path answers with a status below 500 other than 404, and with 1 when it
 * never did. One command that asks again and again, because each `exec` takes the engine longer than most programs need
 * to start; and a shell's, because Node would take longer to start than all of it. Images have BusyBox’s wget (which
 * tells 2xx from the rest only), or at least bash. `first`: what the shell does before it asks.
 */
export function readyCommand({ readyPath }: Launch, withinMs: number, first = ''): readonly string[] {
  const url = `http://127.0.0.1:${containerPort}${readyPath}`
  const words = [url, readyPath, String(containerPort), String(withinMs / pauseMs)]
  return ['/bin/sh', '-c', first + askWithShell, 'ready', ...words]
}

const pauseMs = 20

/** What the command ends with when the path has not answered in time. */
export const gaveUp = 1

const askWithShell = `
if command -v wget >/dev/null; then
  ask() { wget -q -T 1 -O /dev/null "$1" 2>/dev/null; }
else
  ask() { bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "GET %s HTTP/1.0\\r\\n\\r\\n" "$0" >&3 && read -r -t 1 _ status _ <&3 && [ "$status" -lt 500 ] && [ "$status" -ne 404 ]' "$2" "$3" 2>/dev/null; }
fi
for _ in $(seq "$4"); do
  ask "$1" "$2" "$3" && exit 0
  sleep ${pauseMs / 1000}
done
exit ${gaveUp}`
