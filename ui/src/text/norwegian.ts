/** All that is Norwegian, as one module, so that it is loaded only where Norwegian is chosen. */
export { adviceNb } from './advice-nb.ts'
export { nb } from './nb.ts'
export { rulesNb } from './rules-nb.ts'
export { settingsNb } from './settings-nb.ts'
