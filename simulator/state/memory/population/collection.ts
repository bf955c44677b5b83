/** Collections with schemas, for the few persons of the population. Loaded when they are first asked for. */
export { Collection } from '@msw/data'
