/** `freezing-origin.ts <port>`: answers at once, but does nothing at all for one second in every five. */
import { createServer } from 'node:http'

const server = createServer((_request, response) => response.end('{"ok":true}'))
server.keepAliveTimeout = 60_000
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('listening\n'))
const asleep = new Int32Array(new SharedArrayBuffer(4))
const began = performance.now()
for (let cycle = 1; cycle < 1000; cycle += 1) {
  setTimeout(() => Atomics.wait(asleep, 0, 0, 1000), cycle * 5000 - 1000 - (performance.now() - began))
}
