import type {JSX} from 'preact';
import type {Layout} from './layout.js';
import {SCREEN} from './paint.js';
import {Swatch} from './textures.js';

/** Which colour and texture is which type. */
export function Legend({layout}: {layout: Pick<Layout, 'types'>}): JSX.Element {
  return (
    <ul class="legend" aria-label="Colours">
      {layout.types.map((type, at) => (
        <li key={type}><Swatch index={at} paint={SCREEN} />{type}</li>
      ))}
      <li><i class="change" />Changeover</li>
      <li><i class="clean" />Clean</li>
    </ul>
  );
}
