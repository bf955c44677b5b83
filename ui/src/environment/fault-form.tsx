import { Alert } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, type FaultEffectList, SERVED } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { SelectField, TextField } from '../parts/field.tsx'
import { ObjectFields } from '../parts/object-fields.tsx'
import { Loaded, Snippet } from '../parts/parts.tsx'
import { initialOf, type SchemaMembers } from '../parts/schema-values.ts'
import { worldText } from '../text/environment-text.ts'
import { curlOf, draftOf, type FaultDraft, MATCH_FIELDS, type MatchField, orderOf } from './fault-draft.ts'

type Effect = FaultEffectList['effects'][number]

/** A fault of any kind, at any place. */
export function FaultForm() {
  const effects = useQuery(queries.faultEffects)
  return <Loaded query={effects}>{(list) => <Form effects={list.effects} />}</Loaded>
}

function Form({ effects }: FaultEffectList) {
  const [draft, setDraft] = useState<FaultDraft>(() => draftOf(initialEffect(effects[0])))
  const { make, pending, done, refusal } = useChange(api.orderFault)
  const set = (part: Partial<FaultDraft>) => setDraft({ ...draft, ...part })
  const order = orderOf(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make(order)
  }
  return (
    <form className="form" onSubmit={submit}>
      <What effects={effects} draft={draft} set={set} />
      <Match match={draft.match} change={(match) => set({ match })} />
      <HowOften draft={draft} set={set} />
      <Orders order={order} />
      <Action type="submit" off={pending}>
        {worldText.fault.add}
      </Action>
      <div role="status">
        {refusal}
        {done && !pending && <Alert data-color="success">{worldText.fault.added}</Alert>}
      </div>
    </form>
  )
}

function initialEffect(effect: Effect | undefined): SchemaMembers {
  return initialOf(effect?.schema ?? {}) as SchemaMembers
}

interface PartProps {
  readonly draft: FaultDraft
  readonly set: (part: Partial<FaultDraft>) => void
}

/** What goes wrong, and where. */
function What({ effects, draft, set }: PartProps & FaultEffectList) {
  const effect = effects.find(({ kind }) => kind === draft.effect.kind)
  if (!effect) return null
  const places = effect.places as Readonly<Record<string, readonly string[]>>
  const steps = draft.surface === '' ? [...new Set(Object.values(places).flat())] : (places[draft.surface] ?? [])
  const choose = (kind: string) =>
    set({ effect: initialEffect(effects.find((one) => one.kind === kind)), surface: '', step: '' })
  return (
    <fieldset className="form-group">
      <legend>{worldText.fault.what}</legend>
      <div className="form-row">
        <SelectField
          label={worldText.fault.effect}
          value={effect.kind}
          change={choose}
          hint={worldText.fault.kinds[effect.kind]}
        >
          {effects.map(({ kind }) => kind)}
        </SelectField>
        <ObjectFields schema={effect.schema} value={draft.effect} change={(changed) => set({ effect: changed })} />
      </div>
      <div className="form-row">
        <SelectField
          label={worldText.fault.surface}
          value={draft.surface}
          change={(surface) => set({ surface, step: '' })}
          none={worldText.fault.anySurface}
        >
          {Object.keys(places)}
        </SelectField>
        <SelectField
          label={worldText.fault.step}
          value={draft.step}
          change={(step) => set({ step })}
          none={worldText.fault.firstStep}
        >
          {steps}
        </SelectField>
      </div>
    </fieldset>
  )
}

interface MatchProps {
  readonly match: FaultDraft['match']
  readonly change: (match: FaultDraft['match']) => void
}

const PATTERNS: Readonly<Partial<Record<MatchField, string>>> = {
  municipality: '[0-9]{9}',
  path: '[\\/*].*',
  nth: '[1-9][0-9]*',
}

function Match({ match, change }: MatchProps) {
  return (
    <fieldset className="form-group">
      <legend>{worldText.fault.match}</legend>
      <div className="form-row">
        {MATCH_FIELDS.map((name) =>
          name === 'method' ? (
            <SelectField
              key={name}
              label={worldText.fault.matches[name]}
              value={match[name]}
              change={(value) => change({ ...match, [name]: value })}
              none="–"
            >
              {['GET', 'POST']}
            </SelectField>
          ) : (
            <TextField
              key={name}
              label={worldText.fault.matches[name]}
              value={match[name]}
              change={(value) => change({ ...match, [name]: value })}
              pattern={PATTERNS[name]}
              hint={name === 'path' ? worldText.fault.pathHint : undefined}
            />
          ),
        )}
      </div>
    </fieldset>
  )
}

/** How often, how likely, and until when. */
function HowOften({ draft, set }: PartProps) {
  return (
    <fieldset className="form-group">
      <legend>{worldText.fault.howOften}</legend>
      <label className="check">
        <input type="checkbox" checked={draft.endless} onChange={() => set({ endless: !draft.endless })} />
        {worldText.fault.endless}
      </label>
      <div className="form-row">
        {!draft.endless && (
          <TextField
            label={worldText.fault.times}
            value={draft.times}
            change={(times) => set({ times })}
            pattern="[1-9][0-9]*"
            hint={worldText.fault.timesHint}
          />
        )}
        <TextField
          label={worldText.fault.expiresAfter}
          value={draft.expiresAfter}
          change={(expiresAfter) => set({ expiresAfter })}
          pattern="P(?!$)([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9.]+S)?)?"
          hint={worldText.fault.expiresHint}
        />
        <TextField
          label={worldText.fault.probability}
          value={draft.probability}
          change={(probability) => set({ probability })}
          pattern="1|0?\.[0-9]+"
          hint={worldText.fault.seedHint}
        />
        <TextField label={worldText.fault.seed} value={draft.seed} change={(seed) => set({ seed })} />
        <TextField label={worldText.fault.note} value={draft.note} change={(note) => set({ note })} />
      </div>
    </fieldset>
  )
}

/** What is sent, to be sent without this page. */
function Orders({ order }: { readonly order: unknown }) {
  const info = useQuery(queries.info)
  return (
    <>
      <Snippet value={JSON.stringify(order, null, 2)} what={worldText.fault.json} />
      {SERVED && info.data && (
        <Snippet value={curlOf(order, info.data.origins.control ?? '')} what={worldText.fault.curl} />
      )}
    </>
  )
}
