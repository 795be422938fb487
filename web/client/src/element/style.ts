/** Every colour and measure is a custom property, to be set on the element from outside. */
export const STYLE = `
:host {
  --_accent: var(--headway-accent, #2563eb);
  --_track: var(--headway-track, color-mix(in srgb, currentColor 14%, transparent));
  --_done: var(--headway-done, #15803d);
  --_failed: var(--headway-failed, #b91c1c);
  --_height: var(--headway-bar-height, 0.6rem);
  --_radius: var(--headway-radius, 999px);
  display: block;
  min-width: 12rem;
  font: var(--headway-font, inherit);
  color: var(--headway-text, inherit);
}
:host([hidden]) { display: none; }
.row { display: flex; gap: 0.75rem; align-items: baseline; }
.step { font-weight: 600; overflow-wrap: anywhere; flex: 1; }
.percent { font-variant-numeric: tabular-nums; }
.track { height: var(--_height); margin: 0.35rem 0; border-radius: var(--_radius);
  background: var(--_track); overflow: hidden; }
.bar { height: 100%; width: 0; border-radius: inherit; background: var(--_accent);
  transition: width 200ms ease-out; }
.track.unknown .bar { width: 30%; animation: headway-slide 1.4s ease-in-out infinite alternate; }
.job[data-status=completed] .bar { background: var(--_done); }
.job[data-status=failed] .bar, .job[data-status=cancelled] .bar { background: var(--_failed); }
.jobs { display: grid; gap: 1.25rem; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.name + .job .step { font-weight: 400; font-size: 0.875em; }
.actions { justify-content: flex-end; flex-wrap: wrap; margin-top: 0.35rem; }
.empty { flex: 1; opacity: 0.85; }
.empty:empty { display: none; }
.actions:not(:has(:not([hidden], :empty))) { display: none; }
.message { flex: 1; overflow-wrap: anywhere; font-size: 0.875em; opacity: 0.85; }
.eta, .connection { font-size: 0.875em; opacity: 0.85; }
.eta { white-space: nowrap; }
button { font: inherit; font-size: 0.875em; color: inherit; background: none; cursor: pointer;
  border: 1px solid var(--_track); border-radius: 0.4rem; padding: 0.15rem 0.6rem; }
button:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
button:disabled { cursor: default; opacity: 0.6; }
.output { max-height: 20rem; overflow: auto; margin: 0.5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 0.875em/1.5 var(--headway-output-font, ui-monospace, monospace); }
[hidden] { display: none; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@keyframes headway-slide { from { margin-left: 0; } to { margin-left: 70%; } }
@media (prefers-reduced-motion: reduce) {
  .bar { transition: none; }
  .track.unknown .bar { animation: none; width: 100%; opacity: 0.4; }
}
`;
