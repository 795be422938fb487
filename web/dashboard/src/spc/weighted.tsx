import './new.css';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client} from '../session.js';
import {Field} from '../ui/field.js';
import {Empty, useLoaded} from '../ui/parts.js';
import {numberOf} from '../ui/typed.js';
import {number, significant} from '../words.js';
import type {Characteristic, Limits, Sample} from './api.js';
import {Plot} from './plot.js';
import {NO_LIMITS} from './state.js';

interface RunLengths {
  in_control: number;
  shift_of_one_sigma: number;
}

interface Ewma {
  center_line: number;
  average_run_length: RunLengths;
  points: {sample_id: number; timestamp: string; value: number; ucl: number; lcl: number; signals: boolean}[];
}

interface Cusum {
  decision: number;
  average_run_length: RunLengths;
  points: {sample_id: number; timestamp: string; upper: number; lower: number; signals: boolean}[];
}

interface ShortRun {
  z_limit: number;
  w_limit: number;
  w_center: number;
  points: {sample_id: number; timestamp: string; part: string; z: number; w: number | null; signals: boolean}[];
}

interface Drawn {
  points: Sample[];
  /** The limits of the chart of the spread, where there is one. */
  spread?: Limits;
  /** What a second line shows at each point. */
  lower?: ReadonlyMap<number, number>;
  limits: Limits;
  lengths?: RunLengths;
}

export type Weighted = 'ewma' | 'cusum' | 'short-run';

const NAMES: Record<Weighted, string> = {ewma: 'EWMA', cusum: 'CUSUM', 'short-run': 'Z and W'};

/** The parameters of a chart: how they are called, what is customary, and what they do. */
const PARAMETERS: Record<Weighted, {name: string; label: string; unit: string; preset: string}[]> = {
  ewma: [
    {name: 'lambda', label: 'Weight of the newest sample', unit: 'λ', preset: '0.2'},
    {name: 'width', label: 'Width of the limits', unit: 'L', preset: '2.962'},
  ],
  cusum: [
    {name: 'slack', label: 'Slack, half the shift to be found', unit: 'k', preset: '0.5'},
    {name: 'decision', label: 'Decision limit', unit: 'h', preset: '5'},
  ],
  'short-run': [],
};

const NONE: ReadonlySet<number> = new Set();
const value = (sample: Sample) => sample.value;
const spread = (sample: Sample) => sample.spread;

/** A chart that finds small shifts of the last stage, with its parameters and how long it takes to signal. */
export function WeightedChart(props: {kind: Weighted; characteristic: Characteristic; most: number; round: string}): JSX.Element {
  const {kind, characteristic: {id, name}, most, round} = props;
  const [typed, type] = useState<Record<string, string>>({});
  const query = new URLSearchParams({limit: String(most)});
  PARAMETERS[kind].forEach((one) => query.set(one.name, String(numberOf(typed[one.name]) ?? one.preset)));
  const loaded = useLoaded(`${id} ${kind}`, async () =>
    drawn(kind, await client.request(`/api/v1/characteristics/${id}/${kind}?${query}`)), `${query} ${round}`);
  const shown = loaded.value;
  return (
    <section class="card plots" aria-label={`${NAMES[kind]} chart`}>
      <div class="fields three weighted-fields">
        {PARAMETERS[kind].map((one) => (
          <Field key={one.name} id={`${kind}-${one.name}`} label={one.label} unit={one.unit} inputMode="decimal"
            value={typed[one.name] ?? one.preset} typed={(text) => type({...typed, [one.name]: text})} />
        ))}
        {kind === 'short-run' && <p class="small quiet run-lengths">Each value by the mean of its batch and the sigma of all: for parts that are made in turn.</p>}
        {shown?.lengths && <p class="small quiet run-lengths">Signals falsely once in <b>{number(shown.lengths.in_control)}</b> samples on the average,
          and finds a shift of one sigma after <b>{significant(shown.lengths.shift_of_one_sigma, 3)}</b>.</p>}
      </div>
      {loaded.failure !== undefined ? <Empty icon="chart" title="Not drawn yet">{loaded.failure}</Empty>
        : shown && <Plot points={shown.points} limits={shown.limits} chosen={NONE} value={value} height={380} zones={false}
            second={shown.lower && ((sample) => shown.lower!.get(sample.sample_id))}
            title={`${name}: ${NAMES[kind]}, ${shown.points.filter((one) => one.in_control === false).length} signals`} />}
      {shown?.spread && loaded.failure === undefined && <><h3>Moving range of z</h3>
        <Plot points={shown.points} limits={shown.spread} chosen={NONE} value={spread} height={150} zones={false} title="The moving range of z" /></>}
    </section>
  );
}

function drawn(kind: Weighted, answer: unknown): Drawn {
  if (kind === 'ewma') {
    const {points, center_line: center, average_run_length: lengths} = answer as Ewma;
    const last = points.at(-1);
    return {
      lengths,
      limits: {...NO_LIMITS, center_line: center, ucl: last?.ucl ?? null, lcl: last?.lcl ?? null},
      points: points.map((one) => ({...one, center_line: center, ...verdict(one.signals, one.value > center)})),
    };
  }
  if (kind === 'short-run') {
    const {points, z_limit: z, w_limit: w, w_center: center} = answer as ShortRun;
    return {
      limits: {...NO_LIMITS, center_line: 0, ucl: z, lcl: -z},
      spread: {...NO_LIMITS, center_line: center, ucl: w, lcl: 0},
      points: points.map((one) => ({
        sample_id: one.sample_id, timestamp: one.timestamp, value: one.z, spread: one.w, batch_number: one.part || null, ...verdict(one.signals, one.z > 0),
      })),
    };
  }
  const {points, decision, average_run_length: lengths} = answer as Cusum;
  return {
    lengths,
    limits: {...NO_LIMITS, center_line: 0, ucl: decision, lcl: -decision},
    points: points.map((one) => ({sample_id: one.sample_id, timestamp: one.timestamp, value: one.upper, in_control: !one.signals, zone: one.upper > decision ? 'beyond_ucl' : null})),
    lower: new Map(points.map((one) => [one.sample_id, -one.lower])),
  };
}

function verdict(signals: boolean, above: boolean): Pick<Sample, 'zone' | 'in_control'> {
  return {zone: signals ? (above ? 'beyond_ucl' : 'beyond_lcl') : null, in_control: !signals};
}
