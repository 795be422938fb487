import {connectionWords} from '@headway/client';
import type {JSX} from 'preact';
import {connection, cutOffAt} from './live.js';
import {place} from './router.js';
import {account, askToSignIn, client, isAdmin, serves, signOut, user} from './session.js';
import {Icon, type IconName, Logo} from './ui/icons.js';
import {Menu} from './ui/parts.js';
import {choose, type Theme, theme} from './ui/theme.js';

interface Section {
  href: string;
  text: string;
  icon: IconName;
  /** What the paths of its pages begin with. */
  pages: string[];
  /** The application it belongs to. */
  needs?: string;
}

const SECTIONS: Section[] = [
  {href: '/', text: 'Work', icon: 'work', pages: ['/job/']},
  {href: '/schedules', text: 'Schedules', icon: 'plan', pages: ['/schedule', '/comparison'], needs: 'filling'},
  {href: '/characteristics', text: 'Process', icon: 'chart', pages: ['/characteristic'], needs: 'spc'},
  {href: '/analyses', text: 'Fantasy', icon: 'ball', pages: ['/analys', '/planner'], needs: 'fpl'},
];
const ADMIN: Section = {href: '/admin', text: 'Admin', icon: 'gear', pages: ['/admin']};

const THEMES: [Theme, string][] = [['auto', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];

function here(section: Section): 'page' | undefined {
  const {path} = place.value;
  const within = path === section.href || section.pages.some((start) => path.startsWith(start));
  return within ? 'page' : undefined;
}

export function Top(): JSX.Element {
  const guest = account.value.kind === 'guest';
  const sections = guest ? [] : SECTIONS.filter(({needs}) => serves(needs));
  const shown = isAdmin.value ? [...sections, ADMIN] : sections;
  return (
    <div class="top">
      <a class="skip" href="#main">Skip to the page</a>
      <div class="top-row">
        <a class="brand" href="/"><Logo />Headway</a>
        {shown.length > 0 && (
          <nav class="nav" aria-label="Sections">
            {shown.map((section) => (
              <a key={section.href} href={section.href} aria-current={here(section)}>
                <Icon name={section.icon} size={20} />{section.text}
              </a>
            ))}
          </nav>
        )}
        <div class="top-end"><LinkState />{!guest && <AccountMenu />}</div>
      </div>
      <Strip />
    </div>
  );
}

/** How the connection is doing, in a word that is read out when it changes. */
function LinkState(): JSX.Element {
  const state = connection.value;
  if (state === 'live' && client.transport === 'http') {
    const why = 'WebSockets do not get through to the server; events come over plain HTTP instead';
    return <span class="link-state" data-state="degraded" role="status" title={why}>Live, over HTTP</span>;
  }
  const text = connectionWords(state) || (state === 'live' ? 'Live' : 'Connecting…');
  return <span class="link-state" data-state={state === 'idle' ? 'connecting' : state} role="status">{text}</span>;
}

/** What a broken connection means for what is on the page. */
function Strip(): JSX.Element | null {
  const since = cutOffAt.value;
  const state = connection.value;
  if (state === 'degraded') {
    return <div class="strip warn"><p>The server has lost touch with its other nodes: what happens there may come late.</p></div>;
  }
  if (since === undefined || state !== 'offline') {
    return null;
  }
  const time = since.toLocaleTimeString('en-GB');
  return (
    <div class="strip">
      <p>The server cannot be reached. You see how things stood at {time}; the page goes on by itself once it is back.</p>
    </div>
  );
}

function AccountMenu(): JSX.Element {
  const who = user.value;
  return (
    <Menu name="Account and appearance" icon="person" plain>
      <p class="who">{who === undefined ? 'Not signed in. This server serves everybody on this machine.' : who.email}
        {who?.role && who.role !== 'user' && <> · {who.role}</>}</p>
      {who && <a href="/account">Sessions and keys</a>}
      {account.value.kind === 'user'
        ? <button type="button" onClick={() => void signOut()}>Sign out</button>
        : <button type="button" onClick={() => askToSignIn()}>Sign in</button>}
      <hr />
      {THEMES.map(([value, text]) => (
        <button type="button" key={value} aria-pressed={theme.value === value} onClick={() => choose(value)}>
          <Icon name={theme.value === value ? 'check' : 'sun'} size={14} />{text}
        </button>
      ))}
      <hr />
      <a href="/docs">The API</a>
    </Menu>
  );
}
