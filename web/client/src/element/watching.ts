import type {HeadwayClient} from '../client.js';
import {connect} from '../client.js';
import type {Watch} from '../stream/watch.js';
import {connectionWords, FOREIGN_ORIGIN, type Wording, type Words} from '../words.js';
import {EndNotification} from './notification.js';
import {STYLE} from './style.js';

/** Outside a browser the class can be imported, though not used. */
const Element_ = (globalThis as {HTMLElement?: typeof HTMLElement}).HTMLElement ?? (class {} as never);
const shared = new Map<string, HeadwayClient>();

/**
 * An element that shows a topic. Attributes: `topic`; `server`, where that is not the page's own;
 * `token`, best a watch token, for attributes can be read by every script of the page; `after`, a
 * cursor to begin at; `label`, what it is called; `notify`, to offer a notification of the end; and
 * `lang`, its own or of what it is in. Or set the properties `client` and `words`. Fires
 * `headway-refused` when the server will not show the topic. Styled by `--headway-…` custom
 * properties and `::part()`.
 */
export abstract class WatchingElement extends Element_ {
  static readonly observedAttributes = ['topic', 'server', 'token', 'label', 'lang', 'no-cancel', 'notify', 'output'];
  protected watch: Watch | undefined;
  protected readonly notification = new EndNotification();
  private own: HeadwayClient | undefined;
  private given: HeadwayClient | undefined;
  private said: Words = {};
  private refused = false;

  /** The client to use instead of one for `server` and `token`. */
  get client(): HeadwayClient | undefined {
    return this.given;
  }

  set client(client: HeadwayClient | undefined) {
    this.given = client;
    this.restart();
  }

  /** What it says in other words than the usual ones. */
  get words(): Words {
    return this.said;
  }

  set words(words: Words) {
    this.said = words;
    this.redraw();
  }

  connectedCallback(): void {
    if (this.shadowRoot === null) {
      const root = this.attachShadow({mode: 'open'});
      const sheet = new CSSStyleSheet(); // allowed by a strict content security policy
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.build(root);
      this.part_('.notify').addEventListener('click', () => void this.notification.ask().then(() => this.redraw()));
    }
    this.restart();
  }

  disconnectedCallback(): void {
    this.stop();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected || this.shadowRoot === null) {
      return;
    }
    if (name === 'token' && this.own !== undefined) {
      this.own.setToken(after ?? undefined);
    } else if (name === 'topic' || name === 'server' || name === 'output') {
      this.restart();
    } else {
      this.redraw();
    }
  }

  /** Fills the shadow root, once. */
  protected abstract build(root: ShadowRoot): void;

  /** Another topic is watched from now on. */
  protected abstract begin(): void;

  /** Whatever is shown of the topic besides its state. */
  protected follow(_watch: Watch, _topic: string): void {}

  /** Shows the present state. */
  protected abstract draw(): void;

  /** Shows the present state, and tells the page of it. */
  protected abstract changed(): void;

  /** How things are said. */
  protected get wording(): Wording {
    const language = this.closest('[lang]')?.getAttribute('lang') ?? 'en';
    return {words: this.said, language: /^en\b/i.test(language) ? undefined : language};
  }

  protected part_<E extends HTMLElement>(selector: string): E {
    return this.shadowRoot!.querySelector<E>(selector)!;
  }

  protected chosen(): HeadwayClient {
    if (this.given !== undefined) {
      return this.given;
    }
    const server = this.getAttribute('server') ?? undefined;
    const token = this.getAttribute('token') ?? undefined;
    const address = server === undefined ? {} : {url: server};
    if (token !== undefined) {
      return (this.own ??= connect({...address, token}));
    }
    const key = server ?? '';
    const client = shared.get(key) ?? connect(address);
    shared.set(key, client);
    return client;
  }

  protected redraw(): void {
    if (this.shadowRoot !== null) {
      this.draw();
    }
  }

  protected text(selector: string, text: string): void {
    const part = this.part_(selector);
    if (part.textContent !== text) {
      part.textContent = text;
    }
  }

  /** Shows how the connection is doing, or what a page of another origin lacks. */
  protected drawConnection(): void {
    const state = this.watch?.connection ?? 'idle';
    const away = state === 'refused' || (state === 'offline' && location.protocol === 'file:');
    const tokenless = this.given === undefined && !this.hasAttribute('token');
    const foreign = tokenless && new URL(this.chosen().url).origin !== location.origin;
    this.text('.connection', away && foreign ? FOREIGN_ORIGIN : connectionWords(state, this.wording));
    this.part_('.connection').hidden = this.part_('.connection').textContent === '';
  }

  private stop(): void {
    this.watch?.close();
    this.watch = undefined;
    this.own?.close();
    this.own = undefined;
  }

  private restart(): void {
    const topic = this.getAttribute('topic');
    if (!this.isConnected || this.shadowRoot === null) {
      return;
    }
    this.stop();
    this.begin();
    if (topic !== null && topic !== '') {
      const after = this.getAttribute('after') ?? undefined;
      const watch = this.chosen().watch(topic, {after, logs: this.hasAttribute('output')});
      this.watch = watch;
      this.follow(watch, topic);
      this.refused = false;
      watch.onChange(() => this.watch === watch && this.happened(watch));
    }
    this.draw();
  }

  private happened(watch: Watch): void {
    const refused = watch.refused !== undefined || watch.connection === 'refused';
    if (refused && !this.refused) {
      this.dispatchEvent(new CustomEvent('headway-refused', {bubbles: true}));
    }
    this.refused = refused;
    this.changed();
  }
}
