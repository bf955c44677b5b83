import type { FaultInfo } from './api.ts'

/** What a fault is called: its preset, or its effect in a few words. */
export function faultName({ preset, summary }: FaultInfo): string {
  return preset ?? summary
}

/** The faults that can still fire. */
export function activeFaults(faults: readonly FaultInfo[] = []): readonly FaultInfo[] {
  return faults.filter(({ state }) => state === 'active')
}
