import { Alert, Button } from '@digdir/designsystemet-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Action } from '../parts/action.tsx'
import { download } from '../parts/download.ts'
import { Field } from '../parts/field.tsx'
import { Copy } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { canMakeKeys, type Jwk, makeKeyPair } from './key-pair.ts'

/** The public key of a client, as the field `publicKey` of a form: pasted, or of a key pair that is made here. */
export function KeyField() {
  const [publicKey, setPublicKey] = useState('')
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: makeKeyPair,
    onSuccess: (pair) => setPublicKey(JSON.stringify(pair.publicKey, null, 2)),
  })
  return (
    <fieldset className="form-group">
      <legend>{worldText.client.key}</legend>
      {canMakeKeys() ? (
        <Action variant="secondary" off={isPending} onClick={() => mutate()}>
          {isPending ? worldText.client.making : worldText.client.makeKeys}
        </Action>
      ) : (
        <p className="quiet">{worldText.client.cannotMakeKeys}</p>
      )}
      {error && <Alert data-color="danger">{error.message}</Alert>}
      {data && <PrivateKey value={data.privateKey} />}
      <Field label={worldText.client.publicKey} hint={worldText.client.publicKeyHint}>
        {(control) => (
          <textarea
            {...control}
            className="field"
            name="publicKey"
            rows={5}
            value={publicKey}
            onChange={({ target }) => setPublicKey(target.value)}
            placeholder='{ "kty": "RSA", "n": "…", "e": "AQAB" }'
            spellCheck={false}
            required
          />
        )}
      </Field>
    </fieldset>
  )
}

function PrivateKey({ value }: { readonly value: Jwk }) {
  const json = JSON.stringify(value, null, 2)
  const save = () => download('private-key.jwk.json', new Blob([json], { type: 'application/jwk+json' }))
  return (
    <Alert data-color="warning">
      <p>{worldText.client.privateKey}</p>
      <div className="actions">
        <Copy value={json} what={worldText.client.privateKeyName} />
        <Button data-size="sm" variant="secondary" data-color="neutral" onClick={save}>
          {worldText.client.download}
        </Button>
      </div>
    </Alert>
  )
}
