import type {ComponentChildren, JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {useReturn} from '../live.js';
import {LiveRead} from '../live-read.js';
import {words} from '../session.js';
import {Icon, type IconName} from './icons.js';

/** A page's title, what leads to it, and what can be done on it. The title takes the focus on arrival. */
export function PageHead(props: {
  title: string;
  crumb?: {href: string; text: string} | undefined;
  beside?: ComponentChildren;
  sub?: ComponentChildren;
  children?: ComponentChildren;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Headway`;
  }, [props.title]);
  useEffect(() => {
    if (arrived) {
      heading.current?.focus({preventScroll: true});
    }
    arrived = true;
  }, []);
  return (
    <header class="page-head">
      <div class="title">
        {props.crumb && <a class="crumb no-print" href={props.crumb.href}>← {props.crumb.text}</a>}
        <div class="title-line">
          <h1 tabIndex={-1} ref={heading}>{props.title}</h1>
          {props.beside}
        </div>
        {props.sub && <div class="quiet small wrap">{props.sub}</div>}
      </div>
      {props.children && <div class="actions no-print">{props.children}</div>}
    </header>
  );
}

/** The first page of a visit leaves the focus where the browser puts it. */
let arrived = false;

export function Button(
  props: Omit<JSX.IntrinsicElements['button'], 'icon'> & {
    icon?: IconName;
    kind?: 'main' | 'plain' | 'danger';
    small?: boolean;
    /** What the button does, where it shows only an icon. */
    name?: string;
  },
): JSX.Element {
  const {icon, kind = '', small, name, children, ...rest} = props;
  const bare = children === undefined ? 'icon' : '';
  return (
    <button type="button" {...rest} class={`button ${kind} ${small ? 'small' : ''} ${bare}`}
      aria-label={name ?? rest['aria-label']} title={name}>
      {icon && <Icon name={icon} size={small ? 14 : 16} />}
      {children}
    </button>
  );
}

export function LinkButton(props: {
  href: string;
  icon?: IconName;
  kind?: 'main' | 'plain';
  small?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <a href={props.href} class={`button ${props.kind ?? ''} ${props.small ? 'small' : ''}`}>
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </a>
  );
}

export function Empty(props: {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty">
      <Icon name={props.icon} />
      <h2>{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.actions && <div class="actions">{props.actions}</div>}
    </div>
  );
}

export function Notice(props: {
  kind?: 'bad' | 'warn' | 'good' | undefined;
  children: ComponentChildren;
}): JSX.Element {
  const icon = props.kind === 'good' ? 'check' : props.kind === undefined ? 'info' : 'warn';
  return (
    <div class={`notice ${props.kind ?? ''}`} role={props.kind === 'bad' ? 'alert' : 'note'}>
      <Icon name={icon} />
      <div>{props.children}</div>
    </div>
  );
}

export function Loading({what}: {what: string}): JSX.Element {
  return (
    <div class="loading" role="status" aria-label={`Loading ${what}`}>
      <i /><i /><i />
    </div>
  );
}

export function Tabs<T extends string>(props: {
  label: string;
  options: {value: T; text: string; count?: number}[];
  value: T;
  choose: (value: T) => void;
}): JSX.Element {
  return (
    <div class="tabs" role="group" aria-label={props.label}>
      {props.options.map(({value, text, count}) => (
        <button type="button" key={value} aria-pressed={value === props.value} onClick={() => props.choose(value)}>
          {text}
          {count !== undefined && <span class="count">{count}</span>}
        </button>
      ))}
    </div>
  );
}

export function Search(props: {label: string; value: string; change: (text: string) => void}): JSX.Element {
  return (
    <label class="search">
      <span class="out-of-sight">{props.label}</span>
      <Icon name="search" size={14} />
      <input class="input" type="search" placeholder={props.label} value={props.value}
        onInput={(event) => props.change(event.currentTarget.value)} />
    </label>
  );
}

export interface Tile {
  name: string;
  value: string;
  unit?: string | undefined;
  note?: ComponentChildren;
  good?: boolean | undefined;
}

export function Tiles({tiles}: {tiles: Tile[]}): JSX.Element {
  return (
    <dl class="tiles">
      {tiles.map((tile) => (
        <div class="tile" key={tile.name}>
          <dt>{tile.name}</dt>
          <dd>{tile.value}{tile.unit && <small>{tile.unit}</small>}</dd>
          {tile.note && <dd class={`note ${tile.good ? 'good' : ''}`}>{tile.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** A button that opens a short list of further actions. */
export function Menu(props: {
  name: string;
  icon?: IconName;
  text?: string;
  plain?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const [open, show] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const away = (event: Event) => root.current?.contains(event.target as Node) || show(false);
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        show(false);
        root.current?.querySelector('button')?.focus();
      }
    };
    addEventListener('pointerdown', away);
    addEventListener('focusin', away);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('focusin', away);
      removeEventListener('keydown', escape);
    };
  }, [open]);
  return (
    <div class="menu" ref={root}>
      <button type="button" class={`button ${props.plain ? 'plain' : ''} ${props.text ? '' : 'icon'}`} aria-expanded={open}
        aria-label={props.text === undefined ? props.name : undefined} title={props.name} onClick={() => show(!open)}>
        {props.icon && <Icon name={props.icon} />}
        {props.text}
        {props.text && <Icon name="down" size={14} />}
      </button>
      {open && <div class="sheet" onClick={() => show(false)}>{props.children}</div>}
    </div>
  );
}

/** What loads once, and again when asked. */
export interface Loaded<T> {
  value: T | undefined;
  failure: string | undefined;
  again: () => void;
}

/**
 * Loads something when the component is shown. What failed is loaded again once the server is back.
 *
 * @param key what is loaded; nothing is there at first when it changes
 * @param version it is loaded anew when this changes, and what was there stays until then
 */
export function useLoaded<T>(key: string, load: () => Promise<T>, version = ''): Loaded<T> {
  const [, draw] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const held = useRef<{key: string; read: LiveRead<T>} | undefined>(undefined);
  useEffect(() => {
    const read = new LiveRead<T>(() => latest.current(), (value) => value, () => draw((before) => before + 1));
    held.current = {key, read};
    return () => read.end();
  }, [key]);
  useEffect(() => held.current?.read.again(), [key, version]);
  const mine = held.current?.key === key ? held.current.read : undefined;
  const again = () => held.current?.read.again();
  useReturn(() => mine?.failure !== undefined && again());
  return {value: mine?.state, failure: mine?.failure === undefined ? undefined : words(mine.failure), again};
}
