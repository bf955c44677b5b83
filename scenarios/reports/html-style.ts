/** The style of the report: light and dark by the reader's choice, readable when printed. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e6e9ed); --soft: light-dark(#555c66, #a9b1bb);
  --paper: light-dark(#fff, #15181c); --panel: light-dark(#f4f5f7, #1e2227); --line: light-dark(#d5d9de, #383e46);
  --good: light-dark(#0a5c2b, #7fd79a); --goodback: light-dark(#dcf3e3, #143322); --bad: light-dark(#9b1c1c, #ff9d94);
  --badback: light-dark(#fde3e1, #45191a); --link: light-dark(#0b57a4, #8cc2ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.25rem 0 .5rem; }
h4 { font-size: .85rem; margin: .75rem 0 .25rem; color: var(--soft); }
a { color: var(--link); } small, .facts, .reason { color: var(--soft); }
header dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; } dt { font-size: .8rem; color: var(--soft); } dd { margin: 0; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .8rem; background: var(--panel); color: var(--soft); white-space: nowrap; }
.badge.passed { background: var(--goodback); color: var(--good); } .badge.failed { background: var(--badback); color: var(--bad); }
.badge.refused { color: var(--ink); border: 1px solid var(--line); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { font-size: .8rem; color: var(--soft); } td a { display: inline-block; overflow-wrap: anywhere; }
details { margin: .25rem 0; } summary { cursor: pointer; padding: .2rem .3rem; border-radius: .3rem; overflow-wrap: anywhere; } summary:hover { background: var(--panel); }
.scenario { border: 1px solid var(--line); border-radius: .4rem; padding: .15rem .5rem; } .scenario.failed { border-color: var(--bad); } .title { font-weight: 600; }
.steps { padding-left: 1.5rem; } .exchange { margin-left: 1rem; border-left: 2px solid var(--line); padding-left: .5rem; }
pre { background: var(--panel); padding: .6rem; border-radius: .3rem; overflow: auto; max-height: 30rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .82rem; margin: .25rem 0; }
code { font-size: .88em; overflow-wrap: anywhere; } .diff .expected { color: var(--good); } .diff .actual { color: var(--bad); }
.line { display: flex; flex-wrap: wrap; gap: .25rem .75rem; list-style: none; padding: 0; margin: 0; } .line .stopped { color: var(--bad); } .line .not-reached { color: var(--soft); }
.filter { border: 0; padding: 0; display: flex; gap: 1rem; } .filter legend { float: left; margin-right: 1rem; color: var(--soft); }
body:has(#show-failed:checked) .scenario:not(.failed), body:has(#show-skipped:checked) .scenario:not(.skipped) { display: none; }
@media print { .filter { display: none; } pre { max-height: none; } }
`
