import { rmSync } from 'node:fs'
import { inRoot } from './paths.mjs'

/** Takes away what is bundled under names of its content: each build would add to it, and the package would have all of them. */
rmSync(inRoot('dist', 'bundled'), { recursive: true, force: true })
