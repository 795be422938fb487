import {type Call, HeadwayError} from '@headway/client';
import {render, type JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {client, user, words} from '../session.js';
import {Button} from '../ui/parts.js';

const MEANINGS = ['approved', 'reviewed', 'responsible', 'authored'];

/**
 * Stores a change; where the server wants it signed, the visitor is asked to sign and it is sent again.
 *
 * @throws HeadwayError when the server refuses, Error when the visitor does not sign
 */
export async function store<T>(path: string, call: Call): Promise<T> {
  try {
    return await client.request<T>(path, call);
  } catch (refused) {
    if (!isToBeSigned(refused)) {
      throw refused;
    }
    return asked((headers) => client.request<T>(path, {...call, headers}));
  }
}

function isToBeSigned(refused: unknown): boolean {
  return refused instanceof HeadwayError && refused.errors.some(({field}) => field === 'Signature-Meaning');
}

type Send<T> = (headers: Record<string, string>) => Promise<T>;

function asked<T>(send: Send<T>): Promise<T> {
  const place = document.body.appendChild(document.createElement('div'));
  return new Promise<T>((resolve, reject) => {
    const done = (end: () => void) => {
      render(null, place);
      place.remove();
      end();
    };
    render(
      <Signing
        sign={async (headers) => {
          const answer = await send(headers);
          done(() => resolve(answer));
        }}
        leave={() => done(() => reject(new Error('Nothing was changed: it was not signed.')))}
      />,
      place,
    );
  });
}

/** The headers of a signature; what is not ASCII comes escaped. */
export function signature(meaning: string, password: string): Record<string, string> {
  return {'Signature-Meaning': encodeURIComponent(meaning), 'Signature-Password': encodeURIComponent(password)};
}

function Signing({sign, leave}: {sign: Send<void>; leave: () => void}): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const [meaning, setMeaning] = useState('');
  const [password, setPassword] = useState('');
  const [failure, fail] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => box.current?.showModal(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await sign(signature(meaning.trim(), password));
    } catch (refused) {
      fail(words(refused));
      setBusy(false);
    }
  };
  return (
    <dialog ref={box} class="card signing" aria-label="Signature" onCancel={(event) => {
      event.preventDefault();
      leave();
    }}>
      <form class="answering" onSubmit={(event) => void send(event)}>
        <p>This change is to be signed. Your name ({user.value?.email}), the time and what your signature means are kept with it in the audit trail.</p>
        <div class="field"><label for="signing-meaning">My signature means</label>
          <input class="input" id="signing-meaning" list="signing-meanings" required maxLength={200} autofocus value={meaning}
            onInput={(event) => setMeaning(event.currentTarget.value)} />
          <datalist id="signing-meanings">{MEANINGS.map((one) => <option key={one} value={one} />)}</datalist></div>
        <div class="field"><label for="signing-password">Password</label>
          <input class="input" id="signing-password" type="password" autocomplete="current-password" required value={password}
            onInput={(event) => setPassword(event.currentTarget.value)} /></div>
        {failure && <p class="bad-text small" role="alert">{failure}</p>}
        <div class="answering-acts">
          <Button small kind="main" type="submit" disabled={busy || meaning.trim() === '' || password === ''}>Sign</Button>
          <Button small kind="plain" onClick={leave}>Not now</Button>
        </div>
      </form>
    </dialog>
  );
}
