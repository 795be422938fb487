import './filling.css';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {useFeed} from '../feed.js';
import {TaskState} from '../jobs/task-state.js';
import {place} from '../router.js';
import {client} from '../session.js';
import {Button, Empty, LinkButton, Loading, Notice, PageHead, Search, useLoaded} from '../ui/parts.js';
import {count, dateTime, number} from '../words.js';
import type {Comparison, Page, Schedule} from './api.js';

type Kind = 'schedules' | 'comparisons';
const SIZE = 25;
const SETTLE_MS = 250;

/** The visitor's schedules and comparisons, the newest first. */
export function ListPage(): JSX.Element {
  const kind: Kind = place.value.path.startsWith('/comparisons') ? 'comparisons' : 'schedules';
  const [text, search] = useState('');
  const [page, turn] = useState(1);
  const wanted = useSettled(text);
  const query = new URLSearchParams({page: String(page), page_size: String(SIZE), ...(wanted && {search: wanted})});
  const found = useLoaded(`${kind}?${query}`, () =>
    client.request<Page & {schedules?: Schedule[]; comparisons?: Comparison[]}>(`/api/v1/${kind}?${query}`));
  useFeed(found.again);
  const [last, keep] = useState(found.value);
  useEffect(() => found.value && keep(found.value), [found.value]);
  const shown = found.value ?? last;
  const total = shown?.total ?? 0;
  return (
    <main class="page" id="main">
      <PageHead title="Schedules">
        <LinkButton href="/schedules/new?compare">Compare strategies</LinkButton>
        <LinkButton href="/schedules/new" icon="plus" kind="main">New schedule</LinkButton>
      </PageHead>
      <div class="toolbar">
        <nav class="tabs" aria-label="Which plans">
          <a href="/schedules" aria-current={kind === 'schedules' ? 'page' : undefined}>Schedules</a>
          <a href="/comparisons" aria-current={kind === 'comparisons' ? 'page' : undefined}>Comparisons</a>
        </nav>
        <Search label={`Search ${kind}`} value={text} change={(next) => (search(next), turn(1))} />
      </div>
      {found.failure && <Notice kind="bad">{found.failure}</Notice>}
      {shown === undefined ? !found.failure && <Loading what={kind} />
        : total === 0 ? <Nothing kind={kind} text={wanted} />
        : kind === 'schedules' ? <Schedules all={shown.schedules ?? []} /> : <Comparisons all={shown.comparisons ?? []} />}
      {total > SIZE && <Pages page={page} pages={Math.ceil(total / SIZE)} total={total} turn={turn} />}
    </main>
  );
}

/** A text once nobody types any more. */
function useSettled(text: string): string {
  const [settled, set] = useState(text);
  useEffect(() => {
    const waiting = setTimeout(() => set(text.trim()), text === '' ? 0 : SETTLE_MS);
    return () => clearTimeout(waiting);
  }, [text]);
  return settled;
}

function Schedules({all}: {all: Schedule[]}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table plans">
        <thead><tr><th>Name</th><th>State</th><th>Strategy</th><th class="num">Lots</th><th class="num">Makespan</th><th class="num">Above the bound</th><th>Asked for</th></tr></thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.id}>
              <td class="first"><a href={`/schedule/${one.id}`}>{one.name || `Schedule ${one.id}`}</a></td>
              <td><TaskState status={one.status} /></td>
              <td class="quiet">{one.strategy}</td>
              <td class="num">{number(one.lots_scheduled)}</td>
              <td class="num">{number(one.makespan, 1)}{one.makespan !== undefined && ' h'}</td>
              <td class="num">{gapText(one)}</td>
              <td class="quiet when">{dateTime(one.created_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function gapText({gap, optimal}: Schedule): string {
  if (gap === undefined) {
    return '–';
  }
  if (optimal === true) {
    return 'proved';
  }
  return gap < 5e-4 ? '< 0.1 %' : `${number(100 * gap, 1)} %`;
}

function Comparisons({all}: {all: Comparison[]}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table plans">
        <thead><tr><th>Name</th><th>State</th><th>Strategies</th><th>Best</th><th class="num">Makespan</th><th>Asked for</th></tr></thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.id}>
              <td class="first"><a href={`/comparison/${one.id}`}>{one.name || `Comparison ${one.id}`}</a></td>
              <td><TaskState status={one.status} /></td>
              <td class="quiet">{one.strategies.length}</td>
              <td>{one.best_strategy ?? '–'}</td>
              <td class="num">{number(one.best_makespan, 1)}{one.best_makespan !== undefined && ' h'}</td>
              <td class="quiet when">{dateTime(one.created_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Nothing({kind, text}: {kind: Kind; text: string}): JSX.Element {
  if (text !== '') {
    return <div class="card"><Empty icon="search" title="Nothing fits">No name has “{text}” in it.</Empty></div>;
  }
  return (
    <div class="card">
      <Empty icon="plan" title={kind === 'schedules' ? 'No schedule yet' : 'No comparison yet'}
        actions={<LinkButton href={kind === 'schedules' ? '/schedules/new' : '/schedules/new?compare'} icon="plus" kind="main">
          {kind === 'schedules' ? 'Plan the first' : 'Compare strategies'}</LinkButton>}>
        {kind === 'schedules'
          ? 'A file of lots is all it takes: when each is filled, in which order, and how near that is to the best possible.'
          : 'The same lots planned by several strategies, side by side, and which to use.'}
      </Empty>
    </div>
  );
}

function Pages(props: {page: number; pages: number; total: number; turn: (page: number) => void}): JSX.Element {
  const {page, pages, total, turn} = props;
  return (
    <nav class="pages" aria-label="Pages">
      <span class="small faint">{count(total, 'plan')}</span>
      <Button small icon="left" name="Newer" disabled={page <= 1} onClick={() => turn(page - 1)} />
      <span class="small">{page} of {pages}</span>
      <Button small icon="right" name="Older" disabled={page >= pages} onClick={() => turn(page + 1)} />
    </nav>
  );
}
