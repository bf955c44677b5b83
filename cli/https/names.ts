import { SURFACES } from '../../simulator/ground/surfaces.ts'

/** What the simulator is called by on this machine. No client takes a certificate for `*.localhost`: sandboxes have their paths. */
export const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1', 'host.docker.internal'] as const

/** Only some surfaces have a host in each environment. */
const hosts: readonly Readonly<{ test?: string; prod?: string }>[] = Object.values(SURFACES).map((one) => one.hosts)

/** The real hosts of the test environment, which the simulator plays by default. */
export const REAL_TEST_HOSTS: readonly string[] = hosts.flatMap(({ test }) => test ?? [])

/** The real hosts of both environments. */
export const REAL_HOSTS: readonly string[] = hosts.flatMap(({ test, prod }) => [test ?? [], prod ?? []].flat())
