import type {JSX} from 'preact';
import {account, client, watchLink} from '../../session.js';
import {Button} from '../../ui/parts.js';
import {attempt, tell} from '../../ui/toasts.js';

/** Copies a link with which others may look on, without an account. */
export function Share({id}: {id: string}): JSX.Element {
  const copy = async () => {
    const token = account.value.kind === 'user' ? await watchToken(`analysis:${id}`) : undefined;
    await navigator.clipboard.writeText(watchLink(`/planner?analysis=${id}`, token));
    tell(token ? 'A link with which anybody may look on for an hour is in the clipboard.' : 'The link is in the clipboard.');
  };
  return <Button icon="person" onClick={() => void attempt(copy)}>Share</Button>;
}

async function watchToken(topic: string): Promise<string> {
  const answer = await client.request<{token: string}>('/api/v1/watch-tokens', {method: 'POST', body: {topics: [topic]}});
  return answer.token;
}
