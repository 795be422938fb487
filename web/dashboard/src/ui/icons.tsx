import type {JSX} from 'preact';

/** Outlines on a grid of 16; every icon is decoration beside words. */
const PATHS = {
  work: 'M2 4h8M2 8h12M2 12h6',
  plan: 'M2 3v10h12M5 5h4v2H5zM8 9h5v2H8z',
  chart: 'M2 12l3-4 3 2 3-6 3 4M2 14h12',
  ball: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5.2l2.6 1.9-1 3H6.4l-1-3z',
  gear: 'M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6l1.4 1.4M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.2',
  stop: 'M5 5h6v6H5z',
  play: 'M5.5 3.5v9l7-4.5z',
  wait: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 4.8V8l2.2 1.6',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4L6 8l4 4',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5 14 14',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  file: 'M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2',
  save: 'M8 2.5v7.5M4.8 7.2 8 10.4l3.2-3.2M2.8 13.2h10.4',
  print: 'M4.5 5.5v-3.3h7v3.3M4.5 11.5H2.5v-6h11v6h-2M4.5 9.5h7v4.3h-7z',
  person: 'M8 2.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM2.8 14c.5-3 2.5-4.3 5.2-4.3s4.7 1.3 5.2 4.3',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.3v1.4M8 13.3v1.4M1.3 8h1.4M13.3 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1',
  trash: 'M3 4.5h10M6.2 4.5V2.6h3.6v1.9M4.4 4.5l.6 9h6l.6-9',
  fit: 'M2 8h12M4.5 5.5 2 8l2.5 2.5M11.5 5.5 14 8l-2.5 2.5',
  info: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 7.2v3.6M8 5v.2',
  trophy: 'M5 2.5h6v3.8a3 3 0 0 1-6 0zM5 3.5H2.8c0 2.2.8 3.3 2.4 3.5M11 3.5h2.2c0 2.2-.8 3.3-2.4 3.5M8 9.3v2.4M5.5 13.5h5M6.5 11.7h3',
  swap: 'M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({name, size = 16}: {name: IconName; size?: number}): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <rect x="7" y="8" width="10" height="4" rx="2" fill="var(--on-accent)" opacity=".6" />
      <rect x="7" y="14" width="18" height="4" rx="2" fill="var(--on-accent)" />
      <rect x="7" y="20" width="13" height="4" rx="2" fill="var(--on-accent)" opacity=".6" />
    </svg>
  );
}
