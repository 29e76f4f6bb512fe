/** What can go wrong while a recording becomes a scenario. */
import { type ErrorEntry, exitCodes } from './entry.ts'

export const importErrors = {
  recordingUnreadable: {
    title: 'The recording cannot be read',
    message: '{path}: {why}',
    hint: 'Name a file that is whole; gzip and zstd are unpacked as they are read.',
    exitCode: exitCodes.badInput,
  },
  unknownLogFormat: {
    title: 'The format of the log is not known',
    message: 'None of the formats reads any of the first lines of {path}. The first one begins: {first}',
    hint: 'Name one with --format; edgelab import access-log --help shows a line of each. JSON by other keys: --field time=when.',
    exitCode: exitCodes.badInput,
  },
  brokenHar: {
    title: 'The file is no HAR',
    message: '{path}: {why}',
    hint: 'Export it anew: network panel of the browser’s developer tools, “Save all as HAR”. Logs of servers: edgelab import access-log.',
    exitCode: exitCodes.badInput,
  },
  nothingRecorded: {
    title: 'There is no request to send',
    message: '{path} has no request that a scenario could send: {why}.',
    hint: 'edgelab import --help says what is read. For a log, try another --format; for a HAR, another --host.',
    exitCode: exitCodes.badInput,
  },
  scenarioThere: {
    title: 'There is a file already',
    message: '{path} is there already; nothing was written.',
    hint: 'Name another file with --out, or replace it with --force.',
    exitCode: exitCodes.badInput,
  },
  scenarioUnwritable: {
    title: 'The scenario cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or name another file with --out.',
    exitCode: exitCodes.environment,
  },
  importInterrupted: {
    title: 'Interrupted',
    message: 'Importing was stopped on request; nothing was written.',
    hint: 'The same command begins anew.',
    exitCode: exitCodes.interrupted,
  },
} as const satisfies Record<string, ErrorEntry>
