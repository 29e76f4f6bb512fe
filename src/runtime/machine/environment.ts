/**
 * What children get of the user's environment: what they need to run at all, and nothing that changes what is measured,
 * such as NODE_OPTIONS, NODE_EXTRA_CA_CERTS, LD_PRELOAD or a proxy.
 */
const needed = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LANGUAGE', 'TZ']
const neededFamilies = /^(LC_|EDGELAB_)/
/** How the engine is found, for what asks it: the user's choice, like the engine itself. */
const ofEngine = /^(DOCKER_|TESTCONTAINERS_|XDG_RUNTIME_DIR$|SSH_AUTH_SOCK$)/

/** The environment of drivers, origins, systems and the tools that EdgeLab asks for figures. */
export function cleanEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return variables(env, (name) => needed.includes(name) || neededFamilies.test(name))
}

/** The same with what leads to the container engine. */
export function environmentWithEngine(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...cleanEnvironment(env), ...variables(env, (name) => ofEngine.test(name)) }
}

/** Changes programs or the way that their requests take: proxies, Node's and OpenSSL's settings, the dynamic linker's. */
const wouldChange =
  /^((https?|all|no|ftp)_proxy|node_(options|use_env_proxy|extra_ca_certs|tls_reject_unauthorized|debug|v8_coverage)|uv_.*|ssl_cert_(file|dir)|openssl_conf|ld_(preload|library_path)|malloc_.*)$/i

/** Names of the variables that are set here and kept from everything that is measured, sorted. */
export function ignoredVariables(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  return Object.keys(env)
    .filter((name) => env[name] !== '' && wouldChange.test(name))
    .sort()
}

function variables(env: NodeJS.ProcessEnv, wanted: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => wanted(name)))
}
