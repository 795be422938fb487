import type {contract} from '@headway/client';

/** What a link says: a topic, and for people without an account a token with the page's look. */
export interface Link {
  topic: string;
  token?: string;
  page: contract.LinkPage;
}

const TOPIC = /^(job|tag|analysis):[A-Za-z0-9-]{1,64}$/;

/** Reads what follows the # of the address; undefined where it is no link. */
export function read(fragment: string): Link | undefined {
  return TOPIC.test(fragment) ? {topic: fragment, page: {}} : signed(fragment);
}

/** A token's claims can be read by everybody; whether they hold is the server's to say. */
function signed(token: string): Link | undefined {
  try {
    const claims = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(claims), (letter) => letter.charCodeAt(0));
    const {topics, page} = JSON.parse(new TextDecoder().decode(bytes)) as {topics?: string[]; page?: contract.LinkPage};
    const topic = topics?.[0] ?? '';
    return TOPIC.test(topic) ? {topic, token, page: page ?? {}} : undefined;
  } catch {
    return undefined;
  }
}
