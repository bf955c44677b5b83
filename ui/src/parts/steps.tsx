import { wordOf } from '../text/word-of.ts'
import './steps.css'
import { text } from '../text/text.ts'

/** Milliseconds from which a step's time is worth a word. */
const NOTICEABLE = 1

/** A step as a journal or a report has it; a report has no times. */
interface ShownStep {
  readonly name: string
  readonly outcome: string
  readonly rules: readonly string[]
  readonly milliseconds?: number
}

/** An exchange as its line of steps: passed, stopped here by which rule, waived, not reached. */
export function Steps({ steps }: { readonly steps: readonly ShownStep[] }) {
  return (
    <ol className="steps" aria-label={text.exchange.steps}>
      {steps.map(({ name, outcome, rules, milliseconds = 0 }) => (
        <li key={name} className="step" data-outcome={outcome}>
          <span className="step-name">{name}</span>
          <span className="step-outcome">
            {wordOf(text.exchange.outcomes, outcome)}
            {milliseconds >= NOTICEABLE && `, ${text.milliseconds(milliseconds)}`}
          </span>
          {rules.map((rule) => (
            <code key={rule} className="step-rule anywhere">
              {rule}
            </code>
          ))}
        </li>
      ))}
    </ol>
  )
}
