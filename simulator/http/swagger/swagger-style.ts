/** The style of the swagger page, light and dark as the system says. */
export const SWAGGER_STYLE = `:root {
  --page: light-dark(#f3f3f4, #17181a);
  --surface: light-dark(#fff, #232528);
  --line: light-dark(#bbbcbd, #4d4f52);
  --text: light-dark(#292c30, #eaeaeb);
  --quiet: light-dark(#5b5d60, #a9abad);
  --accent: light-dark(#0062ba, #8fbbe6);
  --ok: light-dark(#056d13, #6cc377);
  --failed: light-dark(#b81a1a, #f09a9a);
  color-scheme: light dark;
  font: 16px/1.5 Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
* { box-sizing: border-box; }
body { background: var(--page); color: var(--text); margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem; }
a { color: var(--accent); margin-inline-end: 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
:is(a, button, input, select, textarea, summary):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
:is(details, fieldset) { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 0.75rem; padding: 0.75rem 1rem; }
.token { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
legend { color: var(--quiet); font-size: 0.875rem; }
summary { cursor: pointer; display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; }
summary b { color: var(--accent); min-width: 3rem; }
summary span, small, .responses { color: var(--quiet); font-size: 0.875rem; }
form { display: grid; gap: 0.75rem; }
label { display: grid; gap: 0.2rem; }
:is(input, select, textarea) { background: var(--page); border: 1px solid var(--quiet); border-radius: 4px; color: inherit; font: inherit; padding: 0.4rem 0.6rem; width: 100%; }
:is(code, pre, textarea) { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.875rem; overflow-wrap: anywhere; }
textarea { line-height: 1.5; resize: vertical; }
button { background: light-dark(#0062ba, #1f6fb8); border: 0; border-radius: 4px; color: #fff; cursor: pointer; font: inherit; font-weight: 600; justify-self: start; padding: 0.5rem 1.5rem; }
pre { background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: 0.75rem; white-space: pre-wrap; }
.answer:empty { display: none; }
.ok { color: var(--ok); font-size: 1.25rem; }
.failed { color: var(--failed); overflow-wrap: anywhere; }
strong.failed { font-size: 1.25rem; }
.responses div { display: grid; grid-template-columns: 4rem 1fr; }
.responses dd { margin: 0; }
`
