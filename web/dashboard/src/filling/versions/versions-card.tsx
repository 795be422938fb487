import './versions.css';
import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client} from '../../session.js';
import {Button, type Loaded} from '../../ui/parts.js';
import {attempt} from '../../ui/toasts.js';
import {dateTime, number, wholeDate} from '../../words.js';
import {costsOf} from '../revise/costs.js';
import type {ChangedPlan} from '../revise/revision.js';

export type PlanVersion = contract.PlanVersion;

const BADGES = {draft: '', approved: 'accent', published: 'good', superseded: 'warn'};

export interface VersionsProps {
  schedule: number;
  zone: string;
  versions: Loaded<{versions: PlanVersion[]}>;
  /** Lets lots of a version be moved. */
  revise: (base: number) => void;
}

/** The versions of a plan: who made, approved and published each, and how it differs from the one before. */
export function VersionsCard({schedule, zone, versions, revise}: VersionsProps): JSX.Element | null {
  const all = versions.value?.versions ?? [];
  return all.length === 0 ? null : (
    <section class="card versions no-print" aria-label="Versions">
      <div class="card-head"><h2>Versions</h2></div>
      <ul>
        {all.map((version) => (
          <Version key={version.version} schedule={schedule} zone={zone} version={version} again={versions.again} revise={revise} />
        ))}
      </ul>
    </section>
  );
}

interface VersionProps {
  schedule: number;
  zone: string;
  version: PlanVersion;
  again: () => void;
  revise: (base: number) => void;
}

function Version({schedule, zone, version, again, revise}: VersionProps): JSX.Element {
  const [plan, show] = useState<ChangedPlan>();
  const path = `/api/v1/schedule/${schedule}/versions/${version.version}`;
  const step = (name: string) => attempt(async () => {
    await client.request(`${path}/${name}`, {method: 'POST'});
    again();
  });
  const toggle = () => plan ? show(undefined) : void attempt(async () => show(await client.request<ChangedPlan>(path)));
  return (
    <li>
      <div class="version-head">
        <span class="version-name"><b>Version {version.version}</b> <span class={`badge ${BADGES[version.status]}`}>{version.status}</span></span>
        <span class="drop-acts">
          <Button small kind="plain" aria-expanded={plan !== undefined} onClick={toggle}>Difference</Button>
          <Button small kind="plain" onClick={() => revise(version.version)}>Move lots</Button>
          {version.status === 'draft' && <Button small onClick={() => void step('approve')}>Approve</Button>}
          {(version.status === 'approved' || version.status === 'superseded') && <Button small kind="main" onClick={() => void step('publish')}>Publish</Button>}
        </span>
      </div>
      {version.note && <p class="wrap">{version.note}</p>}
      <p class="small quiet wrap">{historyOf(version, zone)}</p>
      {plan && <Difference plan={plan} base={version.base} zone={zone} />}
    </li>
  );
}

/** Who did what to a version, and when. */
export function historyOf(version: PlanVersion, zone: string): string {
  const from = version.base === 0 ? 'the plan as it was planned' : `version ${version.base}`;
  const steps = [`Made from ${from} by ${version.created_by}, ${dateTime(version.created_at, zone)}`];
  if (version.approved_by !== undefined) {
    steps.push(`approved by ${version.approved_by}, ${dateTime(version.approved_at, zone)}`);
  }
  if (version.published_by !== undefined) {
    steps.push(`published by ${version.published_by}, ${dateTime(version.published_at, zone)}`);
  }
  return `${steps.join(' · ')} (${zone})`;
}

const MOST = 100;

function Difference({plan, base, zone}: {plan: ChangedPlan; base: number; zone: string}): JSX.Element {
  const against = base === 0 ? 'the plan as it was planned' : `version ${base}`;
  return (
    <div class="stack difference">
      <dl class="costs">
        {costsOf(plan).map(({name, value, change}) => <div key={name}><dt>{name}</dt><dd>{value} <span class="better">{change}</span></dd></div>)}
      </dl>
      {plan.moved.length === 0 ? <p class="small">Every lot is where {against} has it.</p> : (
        <div class="scroll">
          <table class="table">
            <thead><tr><th>Lot</th><th>In {against}</th><th>Here ({zone})</th></tr></thead>
            <tbody>
              {plan.moved.slice(0, MOST).map(({lot_id: lot, before, after}) => (
                <tr key={lot}><td>{lot}</td><td class="quiet">{before.line}, {wholeDate(before.start, zone)}</td><td>{after.line}, {wholeDate(after.start, zone)}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {plan.moved.length > MOST && <p class="small quiet">and {number(plan.moved.length - MOST)} more lots</p>}
    </div>
  );
}
