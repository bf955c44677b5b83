import type { Ref } from 'react'
import './help.css'
import { text } from '../text/text.ts'

/** What the keys do. Opened with `showModal()`, closed with Escape or its button. */
export function Help({ dialog }: { readonly dialog: Ref<HTMLDialogElement> }) {
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-heading">
      <h2 id="help-heading" className="ds-heading" data-size="2xs">
        {text.help.heading}
      </h2>
      <dl>
        {Object.entries(text.help.keys).map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split('  ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="ds-button" data-variant="secondary" data-size="sm">
          {text.close}
        </button>
      </form>
    </dialog>
  )
}
