import {render} from 'preact';
import type {Clocks} from '../../clocks.js';
import {fileName, png, save} from '../../ui/files.js';
import type {Activity} from '../api.js';
import {AXIS, Drawing} from './drawing.js';
import {byLine} from './layout.js';
import {PAPER} from './paint.js';

const WIDTH = 1_600;
const LABELS = 110;
const TRACK = 46;

/** The drawing as a file that every program can read: no style sheets, no fonts to load. */
export function svgText(activities: readonly Activity[], title: string, clocks: Clocks): string {
  const layout = byLine(activities, clocks);
  const box = document.createElement('div');
  const scale = Math.max((WIDTH - LABELS) / Math.max(1, layout.hours), 0.05);
  render(<Drawing layout={layout} pixelsPerHour={scale} paint={PAPER} trackHeight={TRACK} labels={LABELS} title={title} />, box);
  const svg = box.querySelector('svg')!;
  const {width, height} = sizeOf(layout.tracks.length);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', PAPER.paper);
  svg.prepend(paper);
  svg.setAttribute('viewBox', `-16 -12 ${width + 32} ${height + 24}`);
  paper.setAttribute('x', '-16');
  paper.setAttribute('y', '-12');
  svg.setAttribute('width', String(width + 32));
  svg.setAttribute('height', String(height + 24));
  const text = new XMLSerializer().serializeToString(svg);
  render(null, box);
  return text;
}

function sizeOf(tracks: number): {width: number; height: number} {
  return {width: WIDTH, height: AXIS + tracks * TRACK + 6};
}

export async function saveSvg(activities: readonly Activity[], title: string, clocks: Clocks): Promise<void> {
  save(new Blob([svgText(activities, title, clocks)], {type: 'image/svg+xml'}), `${fileName(title)}.svg`);
}

export async function savePng(activities: readonly Activity[], title: string, clocks: Clocks): Promise<void> {
  save(await png(svgText(activities, title, clocks)), `${fileName(title)}.png`);
}
