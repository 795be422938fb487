import './admin.css';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {now, useLive} from '../live.js';
import {about, isAdmin} from '../session.js';
import {Empty, LinkButton, Loading, PageHead, Tiles} from '../ui/parts.js';
import {ago, count, dateTime, duration, number} from '../words.js';
import type {ServerStatus} from './api.js';
import {Audit} from './audit.js';
import {Queues} from './queues.js';
import {share} from './share.js';
import {Users} from './users.js';

/** How the server is doing: connections, nodes and limits, live. */
export function AdminPage(): JSX.Element {
  const [status, set] = useState<ServerStatus>();
  const {refused} = useLive(isAdmin.value ? 'server:status' : undefined, {}, (event) => {
    if (event.type === 'snapshot' || event.type === 'status') {
      set(event.data as unknown as ServerStatus);
    }
  });
  if (!isAdmin.value || refused !== undefined) {
    return (
      <main class="page" id="main">
        <PageHead title="Admin" />
        <div class="card"><Empty icon="gear" title="For administrators" actions={<LinkButton href="/">To all work</LinkButton>}>
          Sign in with an account that has the role admin. <code>headway user add</code> makes one.
        </Empty></div>
      </main>
    );
  }
  return (
    <main class="page" id="main">
      <PageHead title="Admin" sub={status && <>{status.node.name} · Headway {about.value.version} · up since {dateTime(status.node.started_at)}</>} />
      {status === undefined ? <Loading what="the server’s state" /> : <Body status={status} />}
      <div class="stack admin-below"><Queues /><Users /><Audit /></div>
    </main>
  );
}

function Body({status}: {status: ServerStatus}): JSX.Element {
  const {node, connections, limits, work} = status;
  return (
    <div class="stack">
      <Tiles tiles={[
        {name: 'Connections', value: number(connections.total), note: `of ${number(limits.connections)} at most`},
        {name: 'Running', value: number(work.running), note: `${count(work.waiting, 'job')} waiting`},
        {name: 'Topics', value: number(node.topics), note: 'in memory'},
        {name: 'Memory', value: number(node.memory_mb), unit: 'MB', note: `of ${number(node.max_memory_mb)} MB`},
        {name: 'Up', value: duration(now.value - Date.parse(node.started_at)), note: `since ${dateTime(node.started_at)}`},
      ]} />
      <div class="admin-columns">
        <div class="stack">
          <Connected status={status} />
          <Refusals status={status} />
        </div>
        <div class="stack">
          <Nodes status={status} />
          <Limits status={status} />
        </div>
      </div>
    </div>
  );
}

function Meter({used, most, label}: {used: number; most: number; label: string}): JSX.Element {
  const percent = share(used, most);
  return (
    <div class={`bar ${percent >= 90 ? 'failed' : percent >= 70 ? 'stalled' : ''}`} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={most} aria-valuenow={used}>
      <i style={{width: `${percent}%`}} />
    </div>
  );
}

function Connected({status: {connections, limits}}: {status: ServerStatus}): JSX.Element {
  return (
    <section class="card" aria-label="Connections">
      <div class="card-head"><h2>Connections</h2><span class="small quiet">{number(connections.total)} of {number(limits.connections)}</span></div>
      <div class="card-body"><Meter used={connections.total} most={limits.connections} label="Connections in all" /></div>
      <table class="table">
        <thead><tr><th>Who</th><th class="num">Connections</th><th class="meter-column"><span class="out-of-sight">Of the limit</span></th></tr></thead>
        <tbody>
          {connections.clients.map((one) => (
            <tr key={`${one.user_id} ${one.name}`}>
              <td class="wrap">{one.name}{one.user_id === null && <span class="faint small"> not signed in</span>}</td>
              <td class="num">{number(one.connections)}</td>
              <td><Meter used={one.connections} most={limits.connections_per_user} label={`Connections of ${one.name}`} /></td>
            </tr>
          ))}
          {connections.resources.map((one) => (
            <tr key={one.name}>
              <td class="wrap mono">{one.name}</td><td class="num">{number(one.connections)}</td>
              <td><Meter used={one.connections} most={limits.connections_per_resource} label={`Connections to ${one.name}`} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Nodes({status: {nodes, limits}}: {status: ServerStatus}): JSX.Element {
  return (
    <section class="card" aria-label="Nodes and workers">
      <div class="card-head"><h2>Nodes and workers</h2></div>
      <table class="table">
        <thead><tr><th>Name</th><th class="num">Jobs</th><th>Next report due</th></tr></thead>
        <tbody>
          {nodes.map((one) => (
            <tr key={one.name}>
              <td class="wrap">{one.name} {one.here && <span class="badge accent">this node</span>}</td>
              <td class="num">{number(one.jobs)}{one.here && <span class="faint"> of {limits.jobs_at_once}</span>}</td>
              <td class="quiet">{one.lease_expires_at === null ? '–' : due(one.lease_expires_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** When a lease ends: soon, or how long ago. */
function due(at: string): string {
  const left = Date.parse(at) - now.value;
  return left > 0 ? `within ${duration(left)}` : `overdue, ${ago(at, now.value)}`;
}

/** The reasons for which clients are turned away, for a person. */
const REASONS: Record<string, string> = {
  'connections': 'Too many connections that speak HTTP',
  'sockets': 'Too many WebSockets and streams in all',
  'sockets-without-token': 'Too many of them without a token',
  'sockets-of-client': 'Too many of one user or address',
  'sockets-of-resource': 'Too many of one schedule, comparison, analysis or job',
  'refused-token': 'A token that was refused three times in a minute',
  'messages': 'Too many messages in a second',
  'message-size': 'A message that is too large',
  'body-size': 'A body that is too large',
  'bodies': 'Too many bytes of bodies at a time',
  'slow-request': 'A body that arrived too slowly',
  'requests': 'Too many requests at a time',
  'sign-ins': 'Too many failed sign-ins',
  'registrations': 'Too many registrations',
  'tokens': 'Too many tokens of a user',
  'passwords': 'Too many sign-ins at a time',
  'host': 'Another host’s name',
  'origin': 'A page of an origin that is not listed',
};

function Refusals({status: {refusals}}: {status: ServerStatus}): JSX.Element {
  return (
    <section class="card" aria-label="Turned away">
      <div class="card-head"><h2>Turned away</h2><span class="small quiet">since the start</span></div>
      {refusals.length === 0 ? <p class="card-body small quiet">Nobody.</p> : (
        <dl class="limits">
          {refusals.map(({reason, count: times}) => [<dt key={reason}>{REASONS[reason] ?? reason}</dt>, <dd key={`${reason}=`} class="num">{number(times)}</dd>])}
        </dl>
      )}
    </section>
  );
}

function Limits({status: {limits}}: {status: ServerStatus}): JSX.Element {
  const all: [string, string][] = [
    ['Connections in all', number(limits.connections)],
    ['Connections of one user or address', number(limits.connections_per_user)],
    ['Connections to one schedule, comparison, analysis or job', number(limits.connections_per_resource)],
    ['Largest message of a client', `${number(limits.message_bytes)} bytes`],
    ['Messages of a client in a second', number(limits.messages_per_second)],
    ['Jobs at once on this node', number(limits.jobs_at_once)],
  ];
  return (
    <section class="card" aria-label="Limits">
      <div class="card-head"><h2>Limits</h2></div>
      <dl class="limits">
        {all.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`} class="num">{value}</dd>])}
      </dl>
    </section>
  );
}
