/** Where a document can be read, by its host; nothing where it is not public. The page opens beside this one. */
export function DocumentLink({ address }: { readonly address: string | undefined }) {
  if (address === undefined) return null
  return (
    <a className="ds-link document-link" href={address} target="_blank" rel="noreferrer">
      {new URL(address).host}
    </a>
  )
}
