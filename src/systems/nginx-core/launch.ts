/** How both start: the same arguments for nginx and for OpenResty. */
import type { Launch, Site } from '../system.ts'
import { readyPath } from '../system.ts'

// -e stderr: until the configuration is read nginx would log to its built-in place, which only root may write.
// No -p: Debian's load_module lines are relative to the built-in prefix.
const configuration = ({ configDir }: Site): readonly string[] => ['-c', `${configDir}/nginx.conf`, '-e', 'stderr']

/** Needs the scratch folder as mainContext describes it. */
export const nginxArguments: Pick<Launch, 'args' | 'validate' | 'version' | 'errorLine' | 'readyPath'> = {
  args: (site) => [...configuration(site), '-g', 'daemon off;'],
  validate: (site) => ['-t', ...configuration(site)],
  version: { args: ['-v'], pattern: /(?:nginx|openresty)\/[\d.]+/ },
  errorLine: /\[(emerg|alert|crit)\]/,
  readyPath,
}

/** In what `-V` prints: the folder of the modules that this build can load. */
export const modulesFolder = /--modules-path=(\S+)/
