import { expect, test } from 'vitest'
import { cleanEnvironment, environmentWithEngine, ignoredVariables } from '../../../src/runtime/machine/environment.ts'

const users = {
  PATH: '/bin',
  HOME: '/home/ann',
  TMPDIR: '/var/tmp',
  LC_ALL: 'de_DE.UTF-8',
  EDGELAB_HOME: '/labs',
  DOCKER_HOST: 'tcp://10.0.0.1:2375',
  http_proxy: 'http://proxy:3128',
  HTTPS_PROXY: 'http://proxy:3128',
  NO_PROXY: '*',
  ALL_PROXY: '',
  NODE_OPTIONS: '--max-http-header-size=1024',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  NODE_DEBUG: 'http',
  LD_PRELOAD: '/spy.so',
  AWS_SECRET_ACCESS_KEY: 'secret',
}

test('programs get what they need to run, and no secret and no setting beside', () => {
  const needed = { PATH: '/bin', HOME: '/home/ann', TMPDIR: '/var/tmp', LC_ALL: 'de_DE.UTF-8', EDGELAB_HOME: '/labs' }
  expect(cleanEnvironment(users)).toEqual(needed)
  expect(environmentWithEngine(users)).toEqual({ ...needed, DOCKER_HOST: 'tcp://10.0.0.1:2375' })
})

test('what would change a measurement is named where it is set', () => {
  expect(ignoredVariables(users)).toEqual([
    'HTTPS_PROXY',
    'LD_PRELOAD',
    'NODE_DEBUG',
    'NODE_EXTRA_CA_CERTS',
    'NODE_OPTIONS',
    'NO_PROXY',
    'http_proxy',
  ])
  expect(ignoredVariables({ PATH: '/bin' })).toEqual([])
})
