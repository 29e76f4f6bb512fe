/** What can go wrong with a workshop. */
import { type ErrorEntry, exitCodes } from './entry.ts'

export const workshopErrors = {
  workshopOpen: {
    title: 'The workshop is open already',
    message: 'Another EdgeLab on this machine (process {pid}) is host of “{title}”.',
    hint: 'Go on there; edgelab host say, pause, release and end reach it from here. edgelab host --new begins another workshop beside it.',
    exitCode: exitCodes.environment,
  },
  workshopGoesOn: {
    title: 'A workshop is under way',
    message: '“{title}” goes on as it began, and {what} would change it.',
    hint: 'Leave that out to go on with it, or begin another with --new. edgelab host end now ends it.',
    exitCode: exitCodes.badInput,
  },
  noWorkshop: {
    title: 'There is no workshop',
    message: '{why}',
    hint: 'edgelab host begins one.',
    exitCode: exitCodes.badInput,
  },
  hostSilent: {
    title: 'The host does not answer',
    message: 'The host of “{title}” did not answer at {address}: {why}',
    hint: 'Start it again with edgelab host: it goes on where it was.',
    exitCode: exitCodes.environment,
  },
  workshopUnreadable: {
    title: 'The workshop cannot be read',
    message: '{path}: {why}.',
    hint: 'Move that folder away to keep it; edgelab host --new begins another workshop.',
    exitCode: exitCodes.environment,
  },
  workshopUnwritable: {
    title: 'The workshop cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or name another folder in EDGELAB_HOME. What was acknowledged is kept.',
    exitCode: exitCodes.environment,
  },
  workshopPort: {
    title: 'The workshop’s port is in use',
    message: 'Port {port} on {host} is taken by another program.',
    hint: '{hint}',
    exitCode: exitCodes.environment,
  },
  listenAddress: {
    title: 'The host cannot listen there',
    message: '{host}:{port}: {why}',
    hint: 'Name an address of this machine with --listen, or leave it out to listen on all of them.',
    exitCode: exitCodes.badInput,
  },
} as const satisfies Record<string, ErrorEntry>
