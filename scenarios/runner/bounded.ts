/** An expression of a pack that does not come to an end: the run is over, since nothing can be said of its service. */
export class EndlessExpression extends Error {}

/** Runs work to its end, or throws when that takes too long. */
export type Bound = <T>(work: () => T) => T

/** Without a way to interrupt, as in a browser, work runs to its end. */
let bound: Bound = (work) => work()

/** From now on expressions of packs are evaluated by this platform's means. */
export function boundExpressionsBy(means: Bound): void {
  bound = means
}

/** Evaluates an expression that somebody wrote into a pack. Throws an `EndlessExpression` where the platform interrupts it. */
export function bounded<T>(expression: string, work: () => T): T {
  try {
    return bound(work)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    throw new EndlessExpression(`the expression ${expression.slice(0, 200)} did not end in ${error.milliseconds} ms`)
  }
}

/** Work was interrupted. */
export class Interrupted extends Error {
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super(`interrupted after ${milliseconds} ms`)
    this.milliseconds = milliseconds
  }
}
