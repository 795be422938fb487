import type {JSX} from 'preact';
import {Icon} from '../ui/icons.js';
import {number, wholeDate} from '../words.js';
import type {Kpis} from './api.js';
import {costOf, distance, isProved} from './tiles.js';

/** The distance to the bound: what can at best be saved, drawn on the makespan's own scale. */
export function Bound({kpis, end, zone}: {kpis: Kpis; end: number; zone: string}): JSX.Element {
  const bound = kpis.lower_bound_hours ?? 0;
  const share = Math.min(100, (100 * bound) / costOf(kpis));
  const proved = isProved(kpis);
  return (
    <section class="card bound" aria-label="Distance to the bound">
      <div class="bound-words">
        <span class={`bound-sign ${proved ? 'good' : ''}`}><Icon name={proved ? 'check' : 'info'} /></span>
        <p>{distance(kpis)}<br /><span class="faint">The last lot is filled on {wholeDate(end, zone)} ({zone}).</span></p>
      </div>
      <div class="bound-scale" aria-hidden="true">
        <div class="bound-track"><i class={proved ? 'good' : ''} style={{width: `${share}%`}} /></div>
        <div class="bound-marks small faint">
          <span>0 h</span><span>{proved ? '' : `bound ${number(bound, 1)} h · `}{number(costOf(kpis), 1)} h</span>
        </div>
      </div>
    </section>
  );
}
