import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {account, client} from '../../session.js';
import {Button} from '../../ui/parts.js';
import {attempt, tell} from '../../ui/toasts.js';

/** Copies a link with which others may look on: without an account, where the server has any. Not while another plan is to take this one's place. */
export function Share({id, waits}: {id: string; waits: boolean}): JSX.Element {
  const copy = async () => {
    const signedIn = account.value.kind === 'user';
    await navigator.clipboard.writeText(signedIn ? await link(`analysis:${id}`) : `${location.origin}/planner?analysis=${id}`);
    tell(signedIn ? 'A link with which anybody may look on for a week is in the clipboard.' : 'The link is in the clipboard.');
  };
  return <Button icon="person" disabled={waits} onClick={() => void attempt(copy)}>Share</Button>;
}

async function link(topic: string): Promise<string> {
  return (await client.request<contract.Link>('/api/v1/links', {method: 'POST', body: {topic}, once: true})).url;
}
