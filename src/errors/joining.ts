/** What can go wrong where somebody takes part in a workshop. */
import { type ErrorEntry, exitCodes } from './entry.ts'

export const joiningErrors = {
  hostUnreached: {
    title: 'The host of the workshop does not answer',
    message: '{address}: {why}.',
    hint: 'Compare the address with the one on the projector; this machine must be in the same network as the host.',
    exitCode: exitCodes.environment,
  },
  foreignHost: {
    title: 'This is not the host of the workshop',
    message:
      'Whoever answers at {address} shows another certificate than the one that the code {code} stands for. Nothing was sent there.',
    hint: 'Compare address and code with the projector. If both are right, somebody else answers in the host’s place: tell the facilitator.',
    exitCode: exitCodes.environment,
  },
  wrongPasscode: {
    title: 'The host does not let you in',
    message: 'The passcode is not the one of this workshop.',
    hint: 'It stands on the projector beside the code. Run the command again with the right one.',
    exitCode: exitCodes.badInput,
  },
  passcodeLocked: {
    title: 'The host does not look at passcodes now',
    message: 'Wrong passcodes came from this address, or too many from everywhere: for a moment none is looked at.',
    hint: 'Compare the passcode with the projector, wait some seconds, and run the command again.',
    exitCode: exitCodes.environment,
  },
  joinRefused: {
    title: 'The host does not let you in',
    message: '{why}.',
    hint: 'Ask the facilitator; then run the command again.',
    exitCode: exitCodes.environment,
  },
  otherProtocol: {
    title: 'The host has another EdgeLab than you',
    message: 'They do not understand each other: {here}, and {why}.',
    hint: 'Ask the facilitator which version the room has, take the same, and run the command again.',
    exitCode: exitCodes.environment,
  },
  removed: {
    title: 'You were removed from the workshop',
    message: 'The facilitator has removed you: the host takes nothing more from here.',
    hint: 'Labs go on alone. To come in as somebody new: edgelab join {address} {code} --name <name> --passcode <passcode>',
    exitCode: exitCodes.environment,
  },
  notJoined: {
    title: 'No workshop was joined here',
    message: 'There is none to go on with.',
    hint: 'The line to join stands on the projector: edgelab join <address:port> <code>',
    exitCode: exitCodes.badInput,
  },
  joinedTwice: {
    title: 'You take part already',
    message: 'Another EdgeLab on this machine (process {pid}) takes part in this workshop.',
    hint: 'Go on there, or leave it there first.',
    exitCode: exitCodes.environment,
  },
  answersWait: {
    title: 'The host has not got everything',
    message: 'What is kept here waits for {address}: {why}.',
    hint: 'Nothing is lost: edgelab join sends it when the host answers again.',
    exitCode: exitCodes.environment,
  },
} as const satisfies Record<string, ErrorEntry>
