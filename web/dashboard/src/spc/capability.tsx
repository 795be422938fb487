import type {JSX} from 'preact';
import {count, number, significant} from '../words.js';
import type {Capability, Characteristic} from './api.js';
import {exact} from './digits.js';

/** How well the process fits its specification: indices, the histogram that they rest on, and whether it is normal. */
export function CapabilityCard({capability, characteristic}: {capability: Capability; characteristic: Characteristic}): JSX.Element {
  const {distribution} = capability;
  const rows: [string, string, string][] = [
    ['Cp', number(capability.cp, 2), 'width of the specification over 6 sigma within samples'],
    ['Cpk', number(capability.cpk, 2), 'to the nearer limit, sigma within samples'],
    ['Pp', number(capability.pp, 2), 'width of the specification over 6 sigma of all measurements'],
    ['Ppk', number(capability.ppk, 2), 'to the nearer limit, sigma of all measurements'],
    ['Mean', significant(capability.mean, 7), `of ${count(distribution.measurements, 'measurement')} in ${count(capability.samples, 'sample')}`],
    ['Sigma within', short(capability.sigma_within), 'estimated within samples'],
    ['Sigma overall', short(capability.sigma_overall), 'of all measurements'],
    ['Outside', outside(capability), 'of the specification, as measured'],
  ];
  return (
    <section class="card capability" aria-label="Capability">
      <div class="card-head"><h2>Capability</h2></div>
      <div class="capability-parts">
        <div>
          <Histogram capability={capability} characteristic={characteristic} />
          <p class="small quiet">{normality(capability)}</p>
        </div>
        <table class="table tight">
          <tbody>{rows.map(([name, value, note]) => <tr key={name}><th scope="row">{name}</th><td class="num">{value}</td><td class="quiet small">{note}</td></tr>)}</tbody>
        </table>
      </div>
      {capability.remark && <p class="card-body small quiet">{capability.remark}.</p>}
    </section>
  );
}

/** A standard deviation to four digits. */
function short(sigma: number): string {
  return exact(Number(sigma.toPrecision(4)));
}

function outside({distribution: {measurements, below_lsl: below, above_usl: above}}: Capability): string {
  if (below === null && above === null) {
    return '–';
  }
  const amount = (below ?? 0) + (above ?? 0);
  return measurements === 0 ? '–' : `${number(amount)} (${number((amount / measurements) * 1e6)} ppm)`;
}

/** What the Anderson-Darling test says, and what follows for the indices. */
export function normality({distribution: {normality: test, measurements}}: Pick<Capability, 'distribution'>): string {
  if (test === null) {
    return 'Normality is not checked: that needs at least 8 measurements that differ.';
  }
  const p = test.p_value < 0.001 ? 'p < 0.001' : `p = ${number(test.p_value, 3)}`;
  const found = `Anderson-Darling: A² = ${number(test.statistic, 3)}, ${p}.`;
  if (test.p_value >= 0.05) {
    return `${found} Nothing speaks against a normal distribution.`;
  }
  const many = measurements > 5_000 ? ' With so many measurements small departures are found, too: look at the histogram.' : '';
  return `${found} The measurements are not normally distributed, so the indices do not say how many parts lie outside.${many}`;
}

const WIDE = 560;
const HIGH = 200;
const FOOT = 34;

/** All measurements in bins, with the specification, the mean, and the normal curve of the same mean and sigma. */
function Histogram({capability, characteristic: {usl, lsl, target_value: target}}: {capability: Capability; characteristic: Characteristic}): JSX.Element {
  const {distribution: {bins, measurements}, mean, sigma_overall: sigma} = capability;
  if (bins.length === 0) {
    return <p class="small quiet">No measurements yet.</p>;
  }
  const marks = [usl, lsl, target].filter((one): one is number => one !== null);
  const least = Math.min(bins[0]!.from, ...marks);
  const most = Math.max(bins.at(-1)!.to, ...marks);
  const air = (most - least) * 0.04;
  const x = (value: number) => ((value - least + air) / (most - least + 2 * air)) * WIDE;
  const width = bins[0]!.to - bins[0]!.from;
  const normal = (value: number) => (sigma > 0 ? (measurements * width * Math.exp(-(((value - mean) / sigma) ** 2) / 2)) / (sigma * Math.sqrt(2 * Math.PI)) : 0);
  const top = Math.max(...bins.map((one) => one.count), normal(mean));
  const y = (amount: number) => HIGH - FOOT - (amount / top) * (HIGH - FOOT - 18);
  const curve = Array.from({length: 101}, (_, at) => least - air + ((most - least + 2 * air) * at) / 100);
  const lines: [string, number | null, string][] = [['LSL', lsl, 'spec'], ['Target', target, 'spec'], ['USL', usl, 'spec'], ['Mean', mean, 'mean']];
  return (
    <svg class="histogram" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img"
      aria-label={`Histogram of ${count(measurements, 'measurement')} about ${significant(mean, 6)}`}>
      {bins.map((one) => <rect key={one.from} x={x(one.from) + 0.5} width={Math.max(0.5, x(one.to) - x(one.from) - 1)} y={y(one.count)} height={HIGH - FOOT - y(one.count)}>
        <title>{`${exact(Number(one.from.toPrecision(10)))} to ${exact(Number(one.to.toPrecision(10)))}: ${number(one.count)}`}</title></rect>)}
      <line class="base" x1={0} x2={WIDE} y1={HIGH - FOOT} y2={HIGH - FOOT} />
      {sigma > 0 && <polyline points={curve.map((value) => `${x(value).toFixed(1)},${y(normal(value)).toFixed(1)}`).join(' ')} />}
      {lines.map(([name, value, kind]) => value !== null && (
        <g key={name} class={kind}>
          <line x1={x(value)} x2={x(value)} y1={14} y2={HIGH - FOOT} />
          {kind === 'spec' && <text x={x(value)} y={10} text-anchor="middle">{name}</text>}
          <text x={x(value)} y={HIGH - (kind === 'mean' ? 4 : 19)} text-anchor="middle">{kind === 'mean' ? `Mean ${significant(value, 6)}` : exact(value)}</text>
        </g>
      ))}
    </svg>
  );
}
