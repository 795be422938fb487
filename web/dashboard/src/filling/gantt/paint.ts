/** The colours of types: apart in hue and dark enough for white writing (at least 4.5 to 1). Files of the server have the same. */
export const TYPES = [
  '#2e6c94', '#96590f', '#3d784b', '#984a69', '#6656a3', '#237871', '#a14f36', '#6b681c', '#53667a', '#7d5536', '#3f55b5', '#8a3d8f',
];

/** Lines over the colours, so that types can be told apart without them: paths of a tile of eight by eight. */
export const TEXTURES = ['', 'M-2 2 2 -2M0 8 8 0M6 10 10 6', 'M-2 6 2 10M0 0 8 8M6 -2 10 2', 'M4 0V8', 'M0 4H8'];

/** After so many types, colours and textures repeat together. */
export const LOOKS = TYPES.length * TEXTURES.length;

/** What a drawing is painted with. */
export interface Paint {
  ink: string;
  faint: string;
  line: string;
  paper: string;
  clean: string;
  cleanLine: string;
  weekend: string;
  font: string;
  type: (index: number) => string;
}

const byIndex = (index: number): string => TYPES[index % TYPES.length]!;

/** On the screen: as the page is, light or dark. */
export const SCREEN: Paint = {
  ink: 'var(--ink)',
  faint: 'var(--ink-3)',
  line: 'var(--line)',
  paper: 'var(--surface)',
  clean: 'light-dark(#dfe3e6, #3a4147)',
  cleanLine: 'light-dark(#aab2b9, #5c666f)',
  weekend: 'light-dark(#f6f6f3, #1f2327)',
  font: 'var(--sans)',
  type: byIndex,
};

/** On paper and in files: light, whatever the page is, and known to every program. */
export const PAPER: Paint = {
  ink: '#1a1d1f',
  faint: '#6a7076',
  line: '#e5e5e1',
  paper: '#ffffff',
  clean: '#dfe3e6',
  cleanLine: '#aab2b9',
  weekend: '#f6f6f3',
  font: 'Inter, Helvetica, Arial, sans-serif',
  type: byIndex,
};
