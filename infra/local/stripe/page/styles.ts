export const css = `
:root { color-scheme: light dark;
  --ground: light-dark(#f5f6fa, #14161c); --surface: light-dark(#fff, #1d2029); --ink: light-dark(#1a1f36, #eef0f6);
  --soft: light-dark(#566079, #a9b0c3); --line: light-dark(#8b93a8, #6d7690); --rule: light-dark(#e1e4ec, #323746);
  --accent: light-dark(#4338ca, #a5b4fc); --on-accent: light-dark(#fff, #14161c);
  --bad: light-dark(#b3261e, #ffb4ab); --bad-ground: light-dark(#fdeceb, #40191a);
  --note: light-dark(#fff4d6, #3a2f10); --on-note: light-dark(#5b4300, #ffe2a0); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
p, h1, h2, dl, dd, ul { margin: 0; }
a { color: var(--accent); text-underline-offset: .2em; }
.banner { background: var(--note); color: var(--on-note); padding: .5rem 1rem; text-align: center; font-size: .875rem; }
.two { display: grid; gap: 1.5rem; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; display: grid; gap: 1.5rem; }
.narrow { max-width: 32rem; margin-inline: auto; width: 100%; }
.card { background: var(--surface); border: 1px solid var(--rule); border-radius: .875rem; padding: 1.25rem; }
.back { display: inline-block; padding: .25rem 0; }
.label { color: var(--soft); font-size: 1rem; font-weight: 600; display: block; margin-top: .75rem; }
.total { font-size: 2.25rem; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.items { list-style: none; padding: 0; margin-top: 1.25rem; }
.items li { display: flex; justify-content: space-between; gap: 1rem; padding: .75rem 0; border-top: 1px solid var(--rule); }
.items span:first-child { overflow-wrap: anywhere; min-width: 0; }
.items small { display: block; color: var(--soft); font-size: .875rem; }
.amount { white-space: nowrap; font-variant-numeric: tabular-nums; }
.sum { font-weight: 700; }
.until { color: var(--soft); font-size: .875rem; margin-top: .5rem; }
h1 { font-size: 1.375rem; line-height: 1.3; }
h2 { font-size: 1.125rem; }
form, .stack { display: grid; gap: 1rem; }
.field { display: grid; gap: .25rem; min-width: 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: start; }
label { font-weight: 600; font-size: .9375rem; }
input { width: 100%; min-width: 0; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--surface);
  border: 1px solid var(--line); border-radius: .5rem; }
::placeholder { color: var(--soft); opacity: 1; }
input[readonly] { background: var(--ground); }
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.error { color: var(--bad); font-size: .875rem; }
.alert { background: var(--bad-ground); color: var(--bad); border-radius: .5rem; padding: .75rem 1rem; }
button, .button { min-height: 3rem; padding: .5rem 1rem; border-radius: .5rem; border: 1px solid var(--accent); font: inherit; font-weight: 700;
  background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; display: grid; place-items: center; }
button.quiet { background: none; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
details { color: var(--soft); font-size: .875rem; }
summary { cursor: pointer; padding: .25rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .375rem .75rem .375rem 0; border-top: 1px solid var(--rule); }
code { font-size: .9em; white-space: nowrap; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.row form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.row input { width: 8rem; }
@media (min-width: 48rem) {
  .two { grid-template-columns: 1fr 1fr; gap: 3rem; align-items: start; padding-top: 1.5rem; }
  .card { padding: 2rem; }
}
`
