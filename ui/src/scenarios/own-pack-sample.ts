/** A small pack to begin with. */
export const OWN_PACK_SAMPLE = `# yaml-language-server: $schema=pack.schema.json
pack: mine
title: My first pack
scenarios:
  - id: mine-note-is-read
    title: A note that was accepted is found by a search
    proves: [write-202]
    steps:
      - submit: { fixture: note, save: note }
        expect: { status: 202 }
      - search: { type: Composition }
        expect: { status: 200, found: ['\${note.path}'] }

  - id: mine-author-is-a-list
    title: An author that is not a list is rejected at its place
    steps:
      - submit: { fixture: note, spoil: single-object }
        expect:
          status: 400
          issues: [{ rule: r4-array-expected, pointer: /author }]
`
