// Bundles the command line, in pieces that load when they are needed, and every program that runs on its own (driver,
// origin, our own proxies and gateways) to one file each, so that a container needs only Node and that file.
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(fileURLToPath(import.meta.url))

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  logLevel: 'warning',
  // React, for one, is several times slower otherwise.
  define: { 'process.env.NODE_ENV': '"production"' },
  // Bundled CommonJS dependencies call require(), which an ES module does not have.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
}

/** Yoga, which lays screens out, has its program in itself, and yet loads all of Node's fetch to get at it. */
const yogaWithoutFetch = {
  name: 'yoga without fetch',
  setup: ({ onLoad }) => {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
    }))
  },
}

/**
 * Node's own modules, got as they are: whoever imports `node:http` as a module has Node make all of it first, its client for
 * fetch and WebSocket too, which takes as long as everything else in an origin's start.
 */
const modulesOfNode = {
  name: 'modules of Node',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[a-z:_/\d]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'node' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

/** A system that is a program of ours has it in `program/main.ts`; the system's name becomes that of its bundle. */
async function programsOfSystems() {
  const folder = join('src', 'systems')
  const found = (await readdir(join(root, folder))).map((system) => [
    system,
    join(folder, system, 'program', 'main.ts'),
  ])
  return Object.fromEntries(found.filter(([, entry]) => existsSync(join(root, entry))))
}

// What Node has compiled of earlier builds.
await rm(join(root, 'dist', 'cache'), { recursive: true, force: true })
await Promise.all([
  build({
    ...shared,
    entryPoints: { cli: 'src/cli.ts', guardian: 'src/runtime/cleanup/guardian-program.ts' },
    outdir: 'dist',
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    minify: false,
    keepNames: true,
    plugins: [yogaWithoutFetch],
    // One for all: each package that brings its own compiles the same large patterns again, which takes longer than
    // drawing the first screen, and what two of them call the width of a character could differ.
    alias: { 'string-width': './node_modules/string-width/index.js' },
    // Those with native parts, or that look for their own files, and Ink's developer tools, which are not installed.
    // Everything else starts several times faster bundled.
    external: [
      'canvas',
      'chartjs-node-canvas',
      'chart.js',
      'dockerode',
      'testcontainers',
      'esbuild',
      'react-devtools-core',
    ],
  }),
  build({
    ...shared,
    entryPoints: {
      driver: 'src/traffic/driver.ts',
      referee: 'src/traffic/referee/program.ts',
      origin: 'src/origin/program.ts',
      ...(await programsOfSystems()),
    },
    outdir: 'dist/programs',
    outExtension: { '.js': '.mjs' },
    plugins: [modulesOfNode],
  }),
])
// Pieces have their contents in their names. Those of earlier builds stay for a day, because an EdgeLab that is running
// may still want to load them.
const dayMs = 24 * 60 * 60 * 1000
for (const name of await readdir(join(root, 'dist', 'parts'))) {
  const path = join(root, 'dist', 'parts', name)
  if ((await stat(path)).mtimeMs < Date.now() - dayMs) await rm(path)
}
await writeFile(join(root, 'dist', 'built-at'), `${Date.now()}\n`)
await chmod(join(root, 'src', 'edgelab.mjs'), 0o755)
