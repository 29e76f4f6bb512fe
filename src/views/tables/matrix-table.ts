/** The matrix as tables: systems as rows, features as columns, so that a dozen systems are read on 80 columns. */
import { cell, table } from '../../comparison/blocks.ts'
import type { Cell, TableBlock } from '../../comparison/finding.ts'
import type { DeclaredRow, Lines } from '../../matrix/declared.ts'
import { type MatrixRow, probesTried, stateOf } from '../../matrix/row.ts'
import { type PolicyFeature, policyFeatures } from '../../policy/features/index.ts'
import { featureNouns } from '../../policy/features/titles.ts'
import { kindInWords, launchOf, type System } from '../../systems/system.ts'

/** What every system claims, and whether it was seen here. */
export function matrixTable(rows: readonly MatrixRow[]): TableBlock {
  return table(
    'Features and systems',
    ['system', ...policyFeatures.map(columnOf)],
    rows.map((row) => [row.system.id, ...policyFeatures.map((feature) => stateCell(row, feature))]),
    '✓ proved here, ✗ failed here, · not run here, – not claimed. native: a directive or an option; plugin: a module or ' +
      'library made for it; script: code of one’s own.',
  )
}

/** Without what the others make plain: a dozen systems have to fit on 80 columns. */
function columnOf(feature: PolicyFeature): string {
  return featureNouns[feature].replace(/^response /, '')
}

function stateCell(row: MatrixRow, feature: PolicyFeature): Cell {
  const { level } = row.cells[feature].support
  const state = stateOf(row, feature)
  switch (state) {
    case 'proved':
      return cell(`✓ ${level}`, 'good')
    case 'failed':
      return cell(`✗ ${level}`, 'bad')
    case 'not run here':
      return cell(`· ${level}`, 'muted')
    case 'none':
      return cell('–', 'muted')
    default:
      return state satisfies never
  }
}

/** Of one policy that uses every feature: what leaving one out would save, and all of it. */
export function linesTable(rows: readonly DeclaredRow[]): TableBlock {
  const counted = policyFeatures.filter((feature) => rows.some(({ cells }) => cells[feature].lines))
  return table(
    'Lines of configuration + of script',
    ['system', ...counted.map((feature) => `>${columnOf(feature)}`), '>in all'],
    rows.map(({ system, cells, lines }) => [
      system.id,
      ...counted.map((feature) => linesInWords(cells[feature].lines)),
      linesInWords(lines),
    ]),
    'What leaving the feature out of a policy that uses all of them would save, without comments and blanks.',
  )
}

function linesInWords(lines: Lines | null): string {
  if (!lines) return '–'
  return lines.script > 0 ? `${lines.config} + ${lines.script}` : String(lines.config)
}

/** What probes recognised beside what was claimed: the algorithms of limiters. */
export function shownTable(rows: readonly MatrixRow[]): TableBlock {
  return table(
    'Seen to be',
    ['system', 'feature', 'as its answers show it'],
    rows.flatMap(({ system, outcome }) =>
      (outcome?.probes ?? []).flatMap(({ feature, shows }) =>
        shows === undefined ? [] : [[system.id, featureNouns[feature as PolicyFeature], shows]],
      ),
    ),
  )
}

/** Each probe that failed, and each system that did not start. */
export function failuresTable(rows: readonly MatrixRow[]): TableBlock {
  return table(
    'What failed',
    ['system', 'claim', 'expected', 'received'],
    rows.flatMap(({ system: { id }, outcome }) => {
      if (!outcome) return []
      if (outcome.problem !== '') return [[id, 'it starts', 'ready', cell(lastLines(outcome), 'bad')]]
      return policyFeatures
        .flatMap((feature) => probesTried(outcome, feature))
        .filter(({ state }) => state === 'failed')
        .map(({ claim, expected, received }) => [id, claim, expected, cell(received, 'bad')])
    }),
  )
}

function lastLines({ problem, logTail }: NonNullable<MatrixRow['outcome']>): string {
  return [
    problem,
    ...logTail
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, 3),
  ].join('\n')
}

export function absentTable(rows: readonly MatrixRow[]): TableBlock {
  return table(
    'Not run here',
    ['system', 'why', 'what changes it'],
    rows.filter(({ absent }) => absent !== '').map(({ system, absent, remedy }) => [system.id, absent, remedy]),
  )
}

/** What is declared, and how each system is had: the same on every machine. */
export function declaredTable(rows: readonly DeclaredRow[]): TableBlock {
  return table(
    '',
    ['system', 'kind', ...policyFeatures.map(columnOf), 'lines in all', 'as a process'],
    rows.map(({ system, cells, lines }) => [
      system.id,
      kindInWords(system.kind),
      ...policyFeatures.map((feature) => {
        const { support, lines: own } = cells[feature]
        if (support.level === 'none') return '–'
        return own ? `${support.level}, ${linesInWords(own)}` : support.level
      }),
      linesInWords(lines),
      howToGet(system),
    ]),
    'native: a directive or an option; plugin: a module or library made for it; script: code of one’s own; –: not ' +
      'claimed. Numbers: lines of configuration + of script that leaving the feature out would save.',
  )
}

function howToGet(system: System): string {
  const executable = launchOf(system)?.executable
  if (!executable) return '–'
  if (executable.kind === 'program') return 'comes with EdgeLab'
  return executable.wheel ? `edgelab get ${executable.wheel.product}` : executable.install
}
