import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {askToSignIn, client, signOutEverywhere, user, words} from '../session.js';
import {Button, Empty, Loading, Notice, PageHead} from '../ui/parts.js';
import {dateTime} from '../words.js';

type Token = contract.HeldTokens['tokens'][number];

/** The visitor's own account: what is signed in as it, and what programs use it. */
export function AccountPage(): JSX.Element {
  const who = user.value;
  if (who === undefined) {
    return (
      <main class="page" id="main">
        <PageHead title="Your account" />
        <div class="card">
          <Empty icon="person" title="Not signed in" actions={<Button kind="main" onClick={() => askToSignIn()}>Sign in</Button>}>
            An account shows where it is signed in, and which keys programs have.
          </Empty>
        </div>
      </main>
    );
  }
  return (
    <main class="page" id="main">
      <PageHead title="Your account" sub={<>{who.email} · {who.role}</>}>
        <Button kind="danger" onClick={() => confirm('Sign out in all browsers and programs, here too? API keys stay.') && void signOutEverywhere()}>
          Sign out everywhere
        </Button>
      </PageHead>
      <div class="stack"><Tokens /><Keys /></div>
    </main>
  );
}

/** What a path has, loaded anew after each change; what is deleted is deleted there. */
function useHeld<T>(path: string): {held: T | undefined; failure: unknown; end: (id: string | number) => Promise<void>} {
  const [held, show] = useState<T>();
  const [failure, fail] = useState<unknown>();
  const load = () => client.request<T>(path).then(show, fail);
  useEffect(() => void load(), []);
  const end = async (id: string | number) => {
    fail(undefined);
    await client.request(`${path}/${id}`, {method: 'DELETE', once: true}).catch(fail);
    await load();
  };
  return {held, failure, end};
}

function Tokens(): JSX.Element {
  const {held, failure, end} = useHeld<contract.HeldTokens>('/api/v1/auth/tokens');
  return (
    <section class="card" aria-label="Sessions">
      <div class="card-head"><h2>Sessions, watch tokens and links</h2></div>
      {failure !== undefined && <Notice kind="bad">{words(failure)}</Notice>}
      {held === undefined ? <div class="card-body"><Loading what="your sessions" /></div> : (
        <div class="scroll">
          <table class="table">
            <thead><tr><th>What</th><th>Signed in</th><th>Ends</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
            <tbody>{held.tokens.map((token) => <TokenRow key={token.id} token={token} end={end} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The address that signed in, or the topics, for a person. */
function origin({kind, detail}: Token): string {
  if (kind === 'watch') {
    return `Watch token for ${detail}`;
  }
  if (kind === 'link') {
    return `Link to ${detail}`;
  }
  const here = detail === '127.0.0.1' || detail === '0:0:0:0:0:0:0:1';
  return `Session from ${here ? 'the server’s own machine' : detail || 'an unknown address'}`;
}

function TokenRow({token, end}: {token: Token; end: (id: string) => Promise<void>}): JSX.Element {
  return (
    <tr>
      <td class="wrap">
        {origin(token)}{' '}
        {token.current && <span class="badge accent">this browser</span>}
      </td>
      <td class="small quiet">{dateTime(token.signed_in_at)}</td>
      <td class="small quiet">{dateTime(token.expires_at)}</td>
      <td class="num">{!token.current && <Button small onClick={() => void end(token.id)}>End</Button>}</td>
    </tr>
  );
}

function Keys(): JSX.Element {
  const {held, failure, end} = useHeld<{keys: contract.ApiKey[]}>('/api/v1/api-keys');
  const revoke = (key: contract.ApiKey) => confirm(`Revoke the key ${key.name}? Programs that use it are refused at once.`) && void end(key.id);
  return (
    <section class="card" aria-label="API keys">
      <div class="card-head"><h2>API keys</h2></div>
      {failure !== undefined && <Notice kind="bad">{words(failure)}</Notice>}
      {held?.keys.length === 0 && (
        <p class="card-body small quiet">No program has a key of yours. <code>POST /api/v1/api-keys</code> and <code>headway login --worker</code> make one.</p>
      )}
      {held !== undefined && held.keys.length > 0 && (
        <div class="scroll">
          <table class="table">
            <thead><tr><th>Name</th><th>Role</th><th>Queues</th><th>Made</th><th>Ends</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
            <tbody>
              {held.keys.map((key) => (
                <tr key={key.id}>
                  <td class="wrap">{key.name}</td>
                  <td>{key.role}</td>
                  <td class="wrap small">{key.queues.join(', ') || 'all'}</td>
                  <td class="small quiet">{dateTime(key.created_at)}</td>
                  <td class="small quiet">{key.expires_at === null ? 'never' : dateTime(key.expires_at)}</td>
                  <td class="num"><Button small onClick={() => revoke(key)}>Revoke</Button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
