import { expect, test } from 'vitest'
import { npmEnvironment } from './npm.mjs'

test('a nested npm keeps the way to the registry, and nothing else of the outer npm', () => {
  const kept = {
    PATH: '/usr/bin',
    HTTPS_PROXY: 'http://proxy.test',
    npm_config_registry: 'https://registry.test/',
    'npm_config_strict-ssl': 'false',
    'npm_config_//registry.test/:_authToken': 'secret',
    'npm_config_@scope:registry': 'https://scope.test/',
  }
  const dropped = {
    INIT_CWD: '/somewhere',
    npm_command: 'test',
    npm_config_foo: 'true',
    npm_config_omit: 'dev',
    npm_config_local_prefix: '/somewhere',
    npm_execpath: '/usr/lib/npm-cli.js',
    npm_lifecycle_event: 'test',
    npm_package_name: 'jft-simulator',
  }
  expect(npmEnvironment({ ...kept, ...dropped })).toEqual(kept)
})
