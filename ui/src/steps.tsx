import type { Step } from './api.ts'
import './steps.css'
import { text } from './text.ts'

/** Milliseconds from which a step's time is worth a word. */
const NOTICEABLE = 1

/** An exchange as its line of steps: passed, stopped here by which rule, waived, not reached. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={text.exchange.steps}>
      {steps.map((step) => (
        <li key={step.name} className="step" data-outcome={step.outcome}>
          <span className="step-name">{step.name}</span>
          <span className="step-outcome">
            {text.exchange.outcomes[step.outcome] ?? step.outcome}
            {step.milliseconds >= NOTICEABLE && `, ${text.milliseconds(step.milliseconds)}`}
          </span>
          {step.rules.map((rule) => (
            <code key={rule} className="step-rule anywhere">
              {rule}
            </code>
          ))}
        </li>
      ))}
    </ol>
  )
}
