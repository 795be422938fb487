import {signal} from '@preact/signals';
import {client} from '../session.js';
import {label} from '../words.js';
import type {Row} from './list.js';

/** What people have called schedules and comparisons, by their page. */
const names = signal<ReadonlyMap<string, string>>(new Map());
const asked = new Set<string>();
const SOON_MS = 150;
let soon: ReturnType<typeof setTimeout> | undefined;

/** A job's title, and its page among those of the applications. */
export interface Title {
  text: string;
  href: string;
}

interface Kind {
  word: string;
  key: string;
  page: string;
}

const KINDS: Record<string, Kind> = {
  'fill-schedule': {word: 'Schedule', key: 'schedule_id', page: '/schedule/'},
  'fill-comparison': {word: 'Comparison', key: 'comparison_id', page: '/comparison/'},
  'fpl-analysis': {word: 'Analysis', key: 'analysis_id', page: '/analysis/'},
};

/** What a job is called, and where its page is. */
export function titleOf(row: Row): Title {
  const kind = KINDS[row.job_type ?? ''];
  const id = kind && row.payload?.[kind.key];
  if (kind === undefined || (typeof id !== 'number' && typeof id !== 'string')) {
    const own = row.name ?? row.payload?.['title'] ?? row.payload?.['name'];
    const text = typeof own === 'string' && own !== '' ? own : label(row.job_type ?? 'Job');
    return {text, href: `/job/${row.job_id}`};
  }
  const page = `${kind.page}${id}`;
  const team = row.payload?.['team_id'];
  if (typeof team === 'number') {
    return {text: `Team ${team}`, href: page};
  }
  const number = typeof id === 'number' ? ` ${id}` : '';
  return {text: nameOf(page) ?? `${kind.word}${number}`, href: page};
}

function nameOf(page: string): string | undefined {
  if (!asked.has(page) && !page.startsWith('/analysis/')) {
    asked.add(page);
    soon ??= setTimeout(() => {
      soon = undefined;
      void load();
    }, SOON_MS);
  }
  return names.value.get(page);
}

interface Named {
  id: number;
  name: string;
}

/** The newest hundred of each; older ones go by their number. */
async function load(): Promise<void> {
  const found = new Map(names.peek());
  const page = (path: string, key: string, to: string) =>
    client
      .request<Record<string, Named[]>>(`/api/v1/${path}?page_size=100`)
      .then((answer) => answer[key]?.forEach(({id, name}) => name !== '' && found.set(`${to}${id}`, name)));
  await Promise.allSettled([
    page('schedules', 'schedules', '/schedule/'),
    page('comparisons', 'comparisons', '/comparison/'),
  ]);
  names.value = found;
}
