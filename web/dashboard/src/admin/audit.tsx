import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {Button, Notice} from '../ui/parts.js';
import {count, dateTime, label} from '../words.js';
import type {AuditPage} from './api.js';

const SHOWN = 20;

/** Who changed which account, the newest change first. */
export function Audit(): JSX.Element {
  const [at, go] = useState(1);
  const [page, show] = useState<AuditPage>();
  const [failure, fail] = useState<unknown>();
  useEffect(() => {
    client.request<AuditPage>(`/api/v1/audit/accounts?limit=${SHOWN}&page=${at}`).then(show, fail);
  }, [at]);
  const pages = page === undefined ? 1 : Math.max(1, Math.ceil(page.total / SHOWN));
  return (
    <section class="card" aria-label="Changes of accounts">
      <div class="card-head">
        <h2>Changes of accounts</h2>
        {page && <span class="small quiet">{count(page.total, 'change')}</span>}
        <Button small disabled={at === 1} onClick={() => go(at - 1)}>Newer</Button>
        <Button small disabled={at >= pages} onClick={() => go(at + 1)}>Older</Button>
      </div>
      {failure !== undefined && <Notice kind="bad">{words(failure)}</Notice>}
      <div class="scroll">
        <table class="table">
          <thead><tr><th>When</th><th>Change</th><th>Account</th><th>By</th></tr></thead>
          <tbody>
            {page?.entries.map((entry) => (
              <tr key={`${entry.at} ${entry.action} ${entry.account} ${entry.detail}`}>
                <td class="small quiet">{dateTime(entry.at)}</td>
                <td>{label(entry.action)}{entry.detail && <span class="faint small"> {entry.detail}</span>}</td>
                <td class="wrap">{entry.account}</td>
                <td class="wrap quiet">{entry.actor}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
