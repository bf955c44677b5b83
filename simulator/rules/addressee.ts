import type { Verdict, Verdicts } from './verdicts.ts'

/** The service that takes such a payload, and what it says: PIT of a patient, JFT of everything else. */
export function addressee({ pit, jft }: Pick<Verdicts, 'pit' | 'jft'>): {
  readonly service: 'jft' | 'pit'
  readonly name: 'JFT' | 'PIT'
  readonly verdict: Verdict
} {
  if (pit === undefined) return { service: 'jft', name: 'JFT', verdict: jft }
  return { service: 'pit', name: 'PIT', verdict: pit }
}
