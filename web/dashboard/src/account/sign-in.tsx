import './sign-in.css';
import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {begin, client, register, registration, signIn, words} from '../session.js';
import {Logo} from '../ui/icons.js';
import {Button, Notice} from '../ui/parts.js';

/** Signing in, and making an account where the server allows it. */
export function SignIn({notice}: {notice?: string | undefined}): JSX.Element {
  const [fresh, setFresh] = useState(false);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, fail] = useState<unknown>();
  useEffect(() => {
    document.title = `${fresh ? 'Register' : 'Sign in'} · Headway`;
  }, [fresh]);

  const [may, setMay] = useState({open: false, first: false});
  useEffect(() => {
    registration().then(setMay, () => {}); // the form for signing in works without an answer, too
  }, []);

  const [open, setOpen] = useState(false);
  useEffect(() => {
    client.jobs({limit: 1}).then(() => setOpen(true), () => {}); // whoever has no account may look, too
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    fail(undefined);
    try {
      await (fresh ? register(email, password) : signIn(email, password));
    } catch (refused) {
      fail(refused);
      setBusy(false);
    }
  };
  return (
    <main class="sign-in">
      <form class="card" onSubmit={(event) => void submit(event)} aria-labelledby="sign-in-title">
        <div class="sign-in-head"><Logo /><h1 id="sign-in-title">{fresh ? 'Make an account' : 'Sign in to Headway'}</h1></div>
        {notice && !failure && <Notice kind="warn">{notice}</Notice>}
        {failure !== undefined && <Notice kind="bad">{said(failure)}</Notice>}
        <div class="field">
          <label for="email">E-mail</label>
          <input class="input" id="email" type="email" autocomplete="username" required autofocus
            aria-invalid={defect(failure, 'email') !== undefined} value={email}
            onInput={(event) => setEmail(event.currentTarget.value)} />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input class="input" id="password" type="password" required minLength={fresh ? 8 : 1} maxLength={128}
            autocomplete={fresh ? 'new-password' : 'current-password'} value={password}
            aria-describedby={fresh ? 'password-hint' : undefined}
            onInput={(event) => setPassword(event.currentTarget.value)} />
          {fresh && <p class="hint" id="password-hint">8 to 128 characters{may.first && '. The first account is the administrator’s'}</p>}
        </div>
        <Button kind="main" type="submit" disabled={busy}>{verb(fresh, busy)}</Button>
        <p class="sign-in-else">
          {may.open ? <Other fresh={fresh} change={() => (setFresh(!fresh), fail(undefined))} /> : 'Accounts are made by your administrator.'}
          {open && <>{' · '}<button type="button" class="as-link" onClick={() => void begin()}>Go on without</button></>}
        </p>
      </form>
    </main>
  );
}

/** The way from one of the two forms to the other. */
function Other({fresh, change}: {fresh: boolean; change: () => void}): JSX.Element {
  return (
    <>
      {fresh ? 'You have an account?' : 'New here?'}{' '}
      <button type="button" class="as-link" onClick={change}>{fresh ? 'Sign in' : 'Make an account'}</button>
    </>
  );
}

function verb(fresh: boolean, busy: boolean): string {
  if (busy) {
    return fresh ? 'Making the account…' : 'Signing in…';
  }
  return fresh ? 'Make the account' : 'Sign in';
}

function defect(failure: unknown, field: string): string | undefined {
  return failure instanceof HeadwayError
    ? failure.errors.find((one) => one.field?.endsWith(field))?.message
    : undefined;
}

function said(failure: unknown): string {
  if (failure instanceof HeadwayError && failure.status === 401) {
    return 'No account has this e-mail and this password.';
  }
  if (failure instanceof HeadwayError && failure.errors.length > 0) {
    return failure.errors.map((one) => one.message).join(' ');
  }
  return words(failure);
}
