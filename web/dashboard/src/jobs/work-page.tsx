import './jobs.css';
import {useComputed} from '@preact/signals';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {connection} from '../live.js';
import {serves} from '../session.js';
import {Icon} from '../ui/icons.js';
import {Empty, LinkButton, Loading, PageHead, Search, Tabs} from '../ui/parts.js';
import {count} from '../words.js';
import {JobActions} from './actions.js';
import {JobDetails} from './details.js';
import {type Filter, fits, type Group, groupOf} from './list.js';
import {titleOf} from './names.js';
import {Bar, ownerOf, percentText, sayingOf, Status, Timing} from './parts.js';
import {jobs, listing, MOST, watchFeed} from './store.js';

/** Everything that runs, waits or has ended, as far as the visitor may see it. */
export function Work(): JSX.Element {
  const [filter, choose] = useState<Filter>('all');
  const [text, search] = useState('');
  useEffect(watchFeed, []);
  const {running, waiting, ended} = jobs.counts.value;
  const options = [
    {value: 'all' as const, text: 'All', count: running + waiting + ended},
    {value: 'running' as const, text: 'Running', count: running},
    {value: 'waiting' as const, text: 'Waiting', count: waiting},
    {value: 'ended' as const, text: 'Ended', count: ended},
  ];
  const plans = serves('filling');
  return (
    <main class="page" id="main">
      <PageHead title="Work">
        {plans && <LinkButton href="/schedules/new" icon="plus" kind="main">New schedule</LinkButton>}
      </PageHead>
      <div class="toolbar">
        <Tabs label="Which work" options={options} value={filter} choose={choose} />
        <Search label="Search work" value={text} change={search} />
      </div>
      <Rows filter={filter} text={text} />
      <Summary running={running} waiting={waiting} />
    </main>
  );
}

function Rows({filter, text}: {filter: Filter; text: string}): JSX.Element {
  const shown = useComputedIds(filter, text);
  const total = jobs.order.value.length;
  if (total === 0) {
    return listing.value.loading && connection.value !== 'offline' ? <Loading what="work" /> : <Nothing />;
  }
  if (shown.length === 0) {
    return (
      <div class="card"><Empty icon="search" title="Nothing fits">
        {text === '' ? `No work is ${filter} at present.` : `Nothing that is shown has “${text}” in it.`}
      </Empty></div>
    );
  }
  return (
    <>
      <ul class="card rows" aria-label="Work">
        {shown.map((id) => <RowItem key={id} id={id} />)}
      </ul>
      {listing.value.total > MOST && (
        <p class="faint small after">These are the newest {count(MOST, 'job')} of {count(listing.value.total, 'job')}.</p>
      )}
    </>
  );
}

/** The ids to show; follows the list's order, and each row only as far as a search needs it. */
function useComputedIds(filter: Filter, text: string): readonly string[] {
  const ids = useComputed(() => jobs.order.value);
  const all = ids.value;
  if (filter === 'all' && text === '') {
    return all;
  }
  return all.filter((id) => {
    const row = jobs.row(id)?.peek();
    return row !== undefined && (filter === 'all' || groupOf(row.status) === (filter as Group)) && fits(row, titleOf(row).text, text);
  });
}

function RowItem({id}: {id: string}): JSX.Element | null {
  const [open, show] = useState(false);
  const row = jobs.row(id)?.value;
  if (row === undefined) {
    return null;
  }
  const title = titleOf(row);
  return (
    <li class={`row ${open ? 'open' : ''}`} data-job={id}>
      <div class="row-line">
        <div class="what">
          <a class="name cut" href={title.href} title={title.text}>{title.text}</a>
          <div class="sub"><Status job={row} /><span class="cut faint">{row.job_type}</span></div>
        </div>
        <div class="how">
          <Bar job={row} label={title.text} />
          <div class="how-text">
            <span class={`cut ${row.error ? 'bad-text' : ''}`} title={sayingOf(row)}>
              {row.step && row.status === 'in_progress' && <b>{row.step}</b>}{sayingOf(row)}
            </span>
            <span class="percent">{percentText(row)}</span>
          </div>
        </div>
        <div class="when small"><Timing job={row} /></div>
        <div class="owner small cut quiet">{ownerOf(row)}</div>
        <div class="acts"><JobActions job={row} id={id} title={title.text} /></div>
        <button type="button" class="button plain icon small more" aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} details of ${title.text}`} onClick={() => show(!open)}>
          <Icon name={open ? 'down' : 'right'} size={14} />
        </button>
      </div>
      {open && <JobDetails id={id} />}
    </li>
  );
}

function Nothing(): JSX.Element {
  const plans = serves('filling');
  return (
    <div class="card">
      <Empty icon="work" title="Nothing has run yet"
        actions={<>
          {plans && <LinkButton href="/schedules/new" icon="plus" kind="main">Plan a schedule</LinkButton>}
          <a class="button" href="/docs">Create a job with the API</a>
        </>}>
        Jobs appear here as soon as they are submitted, and stay with their results.
      </Empty>
    </div>
  );
}

/** For screen readers: how much runs, when that changes. */
function Summary({running, waiting}: {running: number; waiting: number}): JSX.Element {
  return <p class="out-of-sight" role="status">{count(running, 'job')} running, {waiting} waiting</p>;
}
