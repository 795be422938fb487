import type {JSX} from 'preact';
import {LOOKS, type Paint, TEXTURES} from './paint.js';

/** The fill of a type: a pattern of {@link Textures}. */
export function textured(index: number): string {
  return `url(#type-${index % LOOKS})`;
}

/** The patterns of so many types: a colour each, and lines over it for all but the first of five. */
export function Textures({count, paint, pixelsPerHour}: {count: number; paint: Paint; pixelsPerHour: number}): JSX.Element {
  return (
    <>
      {Array.from({length: Math.min(count, LOOKS)}, (_, index) => (
        <pattern key={index} id={`type-${index}`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform={`scale(${1 / pixelsPerHour} 1)`}>
          <rect width="8" height="8" fill={paint.type(index)} />
          <Lines index={index} />
        </pattern>
      ))}
    </>
  );
}

function Lines({index}: {index: number}): JSX.Element {
  return <path d={TEXTURES[index % TEXTURES.length]!} stroke="#fff" stroke-opacity="0.3" stroke-width="1.5" fill="none" />;
}

/** A small field in the look of a type. */
export function Swatch({index, paint}: {index: number; paint: Paint}): JSX.Element {
  return (
    <svg class="swatch" width="16" height="12" viewBox="0 0 16 12" aria-hidden="true">
      <rect width="16" height="12" fill={paint.type(index)} />
      {[[0, 0], [8, 0], [0, 8], [8, 8]].map(([x, y]) => <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}><Lines index={index} /></g>)}
    </svg>
  );
}
