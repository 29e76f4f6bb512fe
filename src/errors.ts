/** What can go wrong, in one table of permanent names. Everything a user is told about an error comes from here. */

import { type ErrorEntry, type ExitCode, exitCodes } from './errors/entry.ts'
import { fetchingErrors } from './errors/fetching.ts'
import { importErrors } from './errors/import.ts'
import { joiningErrors } from './errors/joining.ts'
import { asTyped } from './errors/typed.ts'
import { workshopErrors } from './errors/workshop.ts'

export { type ExitCode, exitCodes } from './errors/entry.ts'

export const errorTable = {
  ...fetchingErrors,
  ...importErrors,
  ...joiningErrors,
  ...workshopErrors,
  badInput: {
    title: 'The input has mistakes',
    message: '{count} in {file}; nothing was started.',
    hint: 'Correct the lines above and run the command again.',
    exitCode: exitCodes.badInput,
  },
  usage: {
    title: 'The command was not understood',
    message: '{what}',
    hint: 'edgelab --help lists the commands, edgelab <command> --help their options with examples.',
    exitCode: exitCodes.badInput,
  },
  unknownScenario: {
    title: 'There is no such scenario',
    message: '“{name}” is neither a scenario of EdgeLab nor a readable file.{suggestion}',
    hint: 'To see them all: edgelab list scenarios',
    exitCode: exitCodes.badInput,
  },
  unknownSystem: {
    title: 'There is no such system',
    message: '“{name}” is not a system.{suggestion}',
    hint: 'To see them all: edgelab list systems',
    exitCode: exitCodes.badInput,
  },
  unknownLab: {
    title: 'There is no such lab',
    message: '“{name}” is not a lab.{suggestion}',
    hint: 'To see them all: edgelab lab list',
    exitCode: exitCodes.badInput,
  },
  unknownRun: {
    title: 'There is no such run',
    message: 'No run record was found at {path}.',
    hint: 'edgelab list runs shows the runs that were kept.',
    exitCode: exitCodes.badInput,
  },
  fileUnreadable: {
    title: 'The file cannot be read',
    message: '{path}: {why}',
    hint: 'Name a file of the kind that this command reads; its --help shows an example.',
    exitCode: exitCodes.badInput,
  },
  runsDiffer: {
    title: 'The runs cannot be compared',
    message: 'They were made with other settings: {what}.',
    hint: 'Repeat one of them with the command of the other: it stands in each report under “How it was measured”.',
    exitCode: exitCodes.badInput,
  },
  nothingInCommon: {
    title: 'The runs cannot be compared',
    message: 'They have no scenario in common: the first has {before}, the second {after}.',
    hint: 'Name two runs of the same scenario; edgelab list runs shows what each has.',
    exitCode: exitCodes.badInput,
  },
  unreadableRecord: {
    title: 'The run record cannot be read',
    message: '{path}: {why}',
    hint: 'A record is written by edgelab run; one of a newer EdgeLab needs that version to be read.',
    exitCode: exitCodes.badInput,
  },
  runThere: {
    title: 'There is a run already',
    message: '{path} holds a run; nothing was started.',
    hint: 'Name another folder with --out, or move that run away.',
    exitCode: exitCodes.badInput,
  },
  engineUnreachable: {
    title: 'No container engine answers',
    message: 'The runtime “containers” was asked for, and the engine did not answer: {why}',
    hint: 'Start Docker, or leave out --runtime to use what runs here as processes. edgelab doctor shows both.',
    exitCode: exitCodes.environment,
  },
  engineNeeded: {
    title: 'No container engine answers',
    message: 'Images are kept by a container engine, and none answered: {why}',
    hint: 'Start Docker, then run the command again. Without an engine systems run as processes: edgelab doctor.',
    exitCode: exitCodes.environment,
  },
  engineLost: {
    title: 'The container engine went away',
    message: 'The engine stopped answering during the run: {why}',
    hint: 'When it answers again, edgelab clean removes what the run left there.',
    exitCode: exitCodes.environment,
  },
  imageMissing: {
    title: 'An image is missing',
    message: 'The image {image} is not here and could not be pulled: {why}',
    hint: 'edgelab images pull, or, without a registry, edgelab images build.',
    exitCode: exitCodes.environment,
  },
  noImages: {
    title: 'There are no images to save',
    message: 'None of the images that systems run from is here.',
    hint: 'edgelab images pull gets them; edgelab images build makes their equals from Debian packages.',
    exitCode: exitCodes.environment,
  },
  archiveUnwritable: {
    title: 'The archive cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or name another file: edgelab images save <file>.',
    exitCode: exitCodes.environment,
  },
  archiveInterrupted: {
    title: 'Interrupted',
    message: 'Stopped on request; nothing half done was left.',
    hint: 'The same command begins anew.',
    exitCode: exitCodes.interrupted,
  },
  imageBuild: {
    title: 'An image could not be built',
    message: '{image}: {why}',
    hint: 'edgelab doctor shows what building needs; the lines above are the last of the build.',
    exitCode: exitCodes.environment,
  },
  portInUse: {
    title: 'A port is in use',
    message: 'Port {port} on {host} is taken by another program.',
    hint: 'Leave out --ports or --origins to let free ones be chosen, or name another first port.',
    exitCode: exitCodes.environment,
  },
  binaryMissing: {
    title: 'A program is not installed',
    message: '{binary} is not on PATH.',
    hint: '{hint}',
    exitCode: exitCodes.environment,
  },
  fewDescriptors: {
    title: 'Too few files may be open at a time',
    message:
      'One process may need {needed} open files, sockets included, and {allowed} are allowed: {why}. Connections that cannot be opened would look like the systems’ faults.',
    hint: 'Run ulimit -n {needed} in a shell that may raise it, or lower “connections” in the scenario.',
    exitCode: exitCodes.environment,
  },
  startFailed: {
    title: 'A part of the lab did not start',
    message: '{name} did not answer: {why}',
    hint: 'The last lines of its log follow. edgelab doctor checks what it needs.',
    exitCode: exitCodes.environment,
  },
  targetSilent: {
    title: 'A target does not answer',
    message: '{url} does not answer: {why}',
    hint: 'Start it, or correct the address. edgelab config target <scenario> shows what it has to do.',
    exitCode: exitCodes.environment,
  },
  nothingRuns: {
    title: 'None of the systems can run here',
    message: '{why}',
    hint: 'edgelab doctor shows what is missing and the one command that changes it.',
    exitCode: exitCodes.environment,
  },
  temporaryFolder: {
    title: 'The temporary folder cannot be used',
    message: '{path}: {why}',
    hint: 'What runs keeps its files there: set TMPDIR to a folder that is there and can be written.',
    exitCode: exitCodes.environment,
  },
  reportsUnwritable: {
    title: 'The results cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space or name another folder with --out.',
    exitCode: exitCodes.environment,
  },
  reportUnwritable: {
    title: 'The report cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or make the folder writable. The run record beside it is kept: edgelab report makes the report anew.',
    exitCode: exitCodes.environment,
  },
  driverFailed: {
    title: 'The driver failed',
    message: '{why}',
    hint: 'The round was not kept. If it happens again, please report it with the lines above.',
    exitCode: exitCodes.environment,
  },
  interrupted: {
    title: 'Interrupted',
    message: 'Stopped on request; what had been started was stopped.',
    hint: 'A run keeps the rounds that were finished in its record, marked partial.',
    exitCode: exitCodes.interrupted,
  },
  labOpen: {
    title: 'The lab is open already',
    message: 'Another EdgeLab on this machine (process {pid}) has the lab “{lab}” open.',
    hint: 'Go on there, or leave it there first. edgelab lab list and edgelab lab report work meanwhile.',
    exitCode: exitCodes.environment,
  },
  labNotBegun: {
    title: 'The lab is not begun',
    message: 'There is nothing to report yet: {what}.',
    hint: 'edgelab lab list shows the labs, edgelab lab 1 starts the first.',
    exitCode: exitCodes.badInput,
  },
  requestUnclear: {
    title: 'The request was not understood',
    message: '{what}',
    hint: 'The form is {form}; client and header may be left out.',
    exitCode: exitCodes.badInput,
  },
  notNow: {
    title: 'That cannot be done here',
    message: '{why}',
    hint: '{hint}',
    exitCode: exitCodes.badInput,
  },
  stateUnwritable: {
    title: 'Your progress cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or name another folder in EDGELAB_HOME.',
    exitCode: exitCodes.environment,
  },
  labBroken: {
    title: 'The gate was not passed',
    message: '{count} of {labs} did not pass; see the lines with ✗ above.',
    hint: 'Correct them and run edgelab lab check again.',
    exitCode: exitCodes.failed,
  },
  folderTaken: {
    title: 'There is something already',
    message: '{path} is there already; nothing was written.',
    hint: 'Name another folder, with --in for labs and --out for exports, or another lab.',
    exitCode: exitCodes.badInput,
  },
  folderUnwritable: {
    title: 'The folder cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or name another folder, with --in for labs and --out for exports.',
    exitCode: exitCodes.environment,
  },
  sourcesMissing: {
    title: 'EdgeLab is incomplete',
    message: 'The sources of its own programs, whose lines it counts, cannot be read: {path}: {why}.',
    hint: 'Get the repository anew, or run git checkout -- src in it.',
    exitCode: exitCodes.environment,
  },
  expectationsBroken: {
    title: 'Expectations were not met',
    message: '{count} of this run; see “Expectations” above.',
    hint: 'The report shows what was measured for each of them.',
    exitCode: exitCodes.failed,
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorName = keyof typeof errorTable

/** One mistake in an input, located. `path` is the dotted path of the key, for example `policy.cache.0.ttl`. */
export interface Problem {
  readonly file: string
  /** From 1; absent where the place is not known. */
  readonly line?: number
  readonly column?: number
  readonly path: string
  readonly message: string
}

/** The only error class that reaches a user: an entry of the table, its details, and what lies beneath. */
export class EdgeLabError extends Error {
  override readonly name: ErrorName
  readonly title: string
  readonly hint: string
  readonly exitCode: ExitCode
  /** The mistakes of a `badInput`, in file order. */
  readonly problems: readonly Problem[]
  /** The last lines of the log of what failed, where there is one. */
  readonly logTail: string

  constructor(
    name: ErrorName,
    details: Readonly<Record<string, string | number>> = {},
    more: { cause?: unknown; problems?: readonly Problem[]; logTail?: string } = {},
  ) {
    const entry: ErrorEntry = errorTable[name]
    const fill = (text: string): string =>
      asTyped(text).replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? ''))
    super(fill(entry.message), { cause: more.cause })
    this.name = name
    this.title = entry.title
    this.hint = fill(entry.hint)
    this.exitCode = entry.exitCode
    this.problems = more.problems ?? []
    this.logTail = more.logTail ?? ''
  }
}
