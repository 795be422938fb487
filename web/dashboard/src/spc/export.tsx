import type {JSX} from 'preact';
import {client} from '../session.js';
import {fileName, png, save} from '../ui/files.js';
import {Menu} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import type {Characteristic} from './api.js';
import {chartSvg, type Drawn} from './chart-svg.js';
import type {Period} from './period.js';

/** The chart as it is shown, and its samples, as files; the whole page as a report. */
export function Export(props: {characteristic: Characteristic; period: Period | undefined; drawn: Drawn}): JSX.Element {
  const {characteristic: {id, name}, period, drawn} = props;
  const samples = (format: 'csv' | 'xlsx') =>
    attempt(async () => {
      const time = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
      const part = period === undefined ? '' : `&from=${time(period.from)}&to=${time(Math.ceil(period.to) + 1)}`;
      save(await client.file(`/api/v1/characteristics/${id}/export?format=${format}${part}`), `${fileName(name)}.${format}`);
    });
  const svg = () => save(new Blob([chartSvg(drawn)], {type: 'image/svg+xml'}), `${fileName(name)}.svg`);
  return (
    <Menu name="Export" text="Export">
      <button type="button" onClick={() => void samples('csv')}>Samples (CSV)</button>
      <button type="button" onClick={() => void samples('xlsx')}>Samples (XLSX)</button>
      <button type="button" onClick={svg}>Chart (SVG)</button>
      <button type="button" onClick={() => void attempt(async () => save(await png(chartSvg(drawn)), `${fileName(name)}.png`))}>Chart (PNG)</button>
      <button type="button" onClick={() => setTimeout(() => print())}>Report (print or PDF)…</button>
    </Menu>
  );
}
