/** Charts as pictures (WebP, a third of the same PNG), for where no script runs: the same configuration, drawn by the same library on a canvas of Node. */
import type { ChartConfiguration } from 'chart.js'
import type { Block, ChartBlock } from '../../../comparison/finding.ts'
import type { Looks } from '../../evidence/looks.ts'
import { chartConfig } from './chart-config.ts'

const size = { width: 760, height: 340 }
/** Device pixels for each: sharp enough in print; two would double what a page weighs. */
const density = 1.5

/** What the evidence of a page is drawn with. */
export interface Pictures {
  /** By chart; undefined for all where this machine has no font. */
  readonly images: ReadonlyMap<Block, string | undefined>
  readonly looks: Looks
}

/** The pictures of the charts among the blocks. */
export async function picturesOf(blocks: readonly Block[], looks: Looks): Promise<Pictures> {
  const charts = blocks.filter((block): block is ChartBlock => block.kind === 'chart')
  const drawn = await chartImages(charts.map((chart) => chartConfig(chart, looks)))
  return { images: new Map(charts.map((chart, at) => [chart, drawn[at]])), looks }
}

/**
 * Draws one chart after another: a `data:` URL each, or undefined where this machine has no font, because a chart without
 * labels says nothing. Loaded only when a report is made: canvas and chart library take a tenth of a second to load.
 */
export async function chartImages(charts: readonly ChartConfiguration[]): Promise<readonly (string | undefined)[]> {
  if (charts.length === 0) return []
  const family = await fontFamily()
  if (family === undefined) return charts.map(() => undefined)
  const { ChartJSNodeCanvas } = await import('chartjs-node-canvas')
  const canvas = new ChartJSNodeCanvas({ ...size, backgroundColour: '#ffffff' })
  return charts.map((chart) => {
    const still = {
      ...structuredClone(chart),
      options: {
        ...structuredClone(chart.options),
        font: { family, size: 12 },
        color: '#3a3f45',
        responsive: false,
        animation: false,
        devicePixelRatio: density,
        layout: { padding: 8 },
      },
    } as ChartConfiguration
    // The callback form fails with this canvas.
    return `data:image/webp;base64,${canvas.renderToBufferSync(still, 'image/webp' as 'image/png').toString('base64')}`
  })
}

const wanted = [
  'Inter',
  'Helvetica Neue',
  'Helvetica',
  'Arial',
  'Liberation Sans',
  'DejaVu Sans',
  'Noto Sans',
  'Segoe UI',
]

/** A sans-serif family that is installed, else any that is; undefined where there is none at all. */
async function fontFamily(): Promise<string | undefined> {
  const { GlobalFonts } = await import('canvas')
  const families = GlobalFonts.families.map(({ family }) => family)
  return wanted.find((family) => families.includes(family)) ?? families[0]
}
