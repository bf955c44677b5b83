import { Button, Heading, Link } from '@digdir/designsystemet-react'
import { useRef, useSyncExternalStore } from 'react'
import type { FileFault } from '../../../scenarios/read-yaml.ts'
import { links } from '../data/links.ts'
import { Editor, type EditorHandle } from '../parts/editor.tsx'
import { Empty } from '../parts/parts.tsx'
import { text } from '../text/text.ts'
import './own-pack-tab.css'
import { Action } from '../parts/action.tsx'
import { own } from './own-pack.ts'
import { OWN_PACK_SAMPLE } from './own-pack-sample.ts'
import { words } from './words.ts'

/** A pack as one writes it, with its faults. */
export function OwnPackTab() {
  const { text: written, packs, faults, more } = useSyncExternalStore(own.subscribe, own.state)
  const editor = useRef<EditorHandle>(null)
  return (
    <>
      <p className="quiet">{words.ownLead}</p>
      <div className="own-pack">
        <div className="own-pack-text">
          <Editor
            ref={editor}
            language="yaml"
            value={written}
            change={own.write}
            open={async (file) => own.write(await file.text())}
            label={words.ownLabel}
            placeholder={words.ownDrop}
            marks={faults}
          />
          <div className="actions">
            <Button data-size="sm" variant="secondary" onClick={() => own.write(OWN_PACK_SAMPLE)}>
              {words.ownSample}
            </Button>
            <Action variant="tertiary" off={written === ''} onClick={() => own.write('')}>
              {words.ownClear}
            </Action>
          </div>
        </div>
        <div className="own-pack-answer">
          {faults.length === 0 &&
            packs.map(({ pack }) => (
              <Empty key={pack.pack} title={words.ownFine(pack.pack, pack.scenarios.length)}>
                <Link href={links.scenarios({ pack: pack.pack })}>{words.ownShow}</Link>
              </Empty>
            ))}
          {faults.length > 0 && (
            <Faults faults={faults} more={more} goTo={({ line, column }) => editor.current?.goTo(line, column)} />
          )}
        </div>
      </div>
    </>
  )
}

interface FaultsProps {
  readonly faults: readonly FileFault[]
  /** How many there are beyond those. */
  readonly more: number
  readonly goTo: (fault: FileFault) => void
}

function Faults({ faults, more, goTo }: FaultsProps) {
  return (
    <section className="panel" aria-labelledby="own-faults">
      <Heading level={2} data-size="2xs" id="own-faults">
        {words.ownFaults(faults.length + more)}
      </Heading>
      <ul className="own-faults">
        {faults.map((fault) => (
          <li key={`${fault.line} ${fault.column} ${fault.key} ${fault.message}`}>
            <code className="anywhere">{fault.key}</code>
            <p className="anywhere">{fault.message}</p>
            <Button data-size="sm" variant="tertiary" data-row onClick={() => goTo(fault)}>
              {words.ownGoTo(fault.line, fault.column)}
            </Button>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="quiet">{text.verdict.notListed(more)}</p>}
    </section>
  )
}
