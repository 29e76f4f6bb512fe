/** A host in a process of its own: says where it is reached, until it is killed. EDGELAB_HOME names the home. */
import { startHost } from '../../../src/workshop/host/start-host.ts'

const host = await startHost({
  labs: ['one-hop'],
  listen: '127.0.0.1',
  passcode: '4829 1357',
  defect: (error) => process.stderr.write(`${String(error)}\n`),
})
process.stdout.write(`${JSON.stringify({ joinLines: host.joinLines, passcode: host.passcode, goesOn: host.goesOn })}\n`)
