import { packsIn, textsOf } from './packs-in.ts'
import type { OpenPack } from './tree.ts'

// Not the tables of verdicts: they are hundreds of steps for who changes a rule.
const PACKS = import.meta.glob<string>(['../../../scenarios/packs/*.yaml', '!../../../scenarios/packs/verdicts.yaml'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** The packs that come with the simulator, by name. Tests have made sure that they have no faults. */
export const SHIPPED: readonly OpenPack[] = packsIn(textsOf(PACKS))
