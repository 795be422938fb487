// Draws the OpenAPI document of the server that this page comes from, and lets one try its operations.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const SHOWN_LIMIT = 200_000;
const token = document.getElementById('token');
const who = document.getElementById('who');
let api;

/** Makes an element; children are elements or text, never HTML. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

/** What a reference leads to. */
function resolve(node) {
  if (!node || !node.$ref) return node || {};
  const target = node.$ref.slice(2).split('/').reduce(
    (at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], api);
  const { $ref, ...own } = node;
  return { ...resolve(target), ...own };
}

/** A schema with its references and allOf parts put together. */
function flat(node) {
  const schema = resolve(node);
  if (!schema.allOf) return schema;
  return schema.allOf.map(flat).reduce((whole, part) => ({
    ...whole, ...part,
    properties: { ...whole.properties, ...part.properties },
    required: [...(whole.required || []), ...(part.required || [])],
  }), { ...schema, allOf: undefined });
}

/** Text in which `code` is marked. */
function prose(text) {
  return (text || '').split('`').map((part, i) => (i % 2 ? element('code', {}, part) : part));
}

function typeOf(schema) {
  const type = [schema.type].flat().filter(Boolean).join(' or ') || (schema.anyOf ? 'one of several' : 'any');
  return schema.format ? `${type} (${schema.format})` : type;
}

function limits(schema) {
  const said = [];
  if (schema.enum) said.push(schema.enum.join(', '));
  if (schema.minimum !== undefined) said.push(`from ${schema.minimum}`);
  if (schema.exclusiveMinimum !== undefined) said.push(`above ${schema.exclusiveMinimum}`);
  if (schema.maximum !== undefined) said.push(`to ${schema.maximum}`);
  if (schema.minLength > 1) said.push(`from ${schema.minLength} characters`);
  if (schema.maxLength) said.push(`to ${schema.maxLength} characters`);
  if (schema.default !== undefined && typeof schema.default !== 'object') said.push(`default ${schema.default}`);
  return said.join(', ');
}

/** A table of an object's properties, a few levels deep. */
function properties(schema) {
  const rows = [];
  const add = (at, depth) => {
    for (const [name, value] of Object.entries(at.properties || {})) {
      const property = flat(value);
      const needed = (at.required || []).includes(name);
      rows.push(element('tr', { className: `depth-${depth}` },
        element('td', {}, name, needed ? element('span', { className: 'needed-mark', title: 'required' }, ' *') : ''),
        element('td', { className: 'type' }, typeOf(property)),
        element('td', {}, ...prose(property.description), property.description ? ' ' : '',
          element('span', { className: 'type' }, limits(property)))));
      if (depth < 3) add(property.type === 'array' ? flat(property.items) : property, depth + 1);
    }
  };
  add(schema.type === 'array' ? flat(schema.items) : schema, 0);
  return rows.length ? element('div', { className: 'schema' }, element('table', {}, element('tbody', {}, ...rows))) : null;
}

/** An example value to start from: what is required, and little else. */
function example(node, depth = 0) {
  const schema = flat(node);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  switch ([schema.type].flat()[0]) {
    case 'object': {
      const value = {};
      for (const name of schema.required || []) {
        if (depth < 4 && schema.properties?.[name]) value[name] = example(schema.properties[name], depth + 1);
      }
      return value;
    }
    case 'array': return depth < 4 && schema.minItems ? [example(schema.items, depth + 1)] : [];
    case 'integer': case 'number': return schema.minimum ?? 1;
    case 'boolean': return false;
    case 'string': return { uuid: '00000000-0000-7000-8000-000000000000', 'date-time': new Date().toISOString() }[schema.format] ?? '';
    default: return null;
  }
}

/** An input for a parameter or a form field. */
function input(id, schema) {
  if (schema.enum) {
    return element('select', { id }, element('option', { value: '' }, ''),
      ...schema.enum.map((value) => element('option', { value }, value)));
  }
  if (schema.type === 'boolean') return element('input', { id, type: 'checkbox' });
  if (schema.format === 'binary' || schema.contentMediaType) return element('input', { id, type: 'file' });
  const type = schema.format === 'password' ? 'password' : 'text';
  return element('input', { id, type, placeholder: String(schema.default ?? schema.examples?.[0] ?? ''), autocomplete: 'off', spellcheck: false });
}

function valueOf(field) {
  if (field.type === 'checkbox') return field.checked ? 'true' : '';
  return field.type === 'file' ? field.files[0] || '' : field.value.trim();
}

class Operation {
  constructor(path, method, definition, shared) {
    Object.assign(this, { path, method, definition });
    this.id = definition.operationId;
    const all = new Map([...shared, ...(definition.parameters || [])].map(resolve).map((p) => [`${p.in} ${p.name}`, p]));
    this.parameters = [...all.values()];
    this.fields = new Map();
    this.content = definition.requestBody ? resolve(definition.requestBody).content : {};
    this.mediaType = Object.keys(this.content)[0];
  }

  matches(words) {
    const text = `${this.id} ${this.method} ${this.path} ${this.definition.summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  draw() {
    const summary = element('summary', {},
      element('span', { className: `method ${this.method}` }, this.method.toUpperCase()),
      element('span', { className: 'path' }, this.path),
      element('span', { className: 'title' }, this.definition.summary || ''));
    this.node = element('details', { className: 'operation', id: this.id }, summary);
    this.node.addEventListener('toggle', () => {
      if (this.node.open && this.node.children.length === 1) this.node.append(this.body());
    });
    return this.node;
  }

  body() {
    const access = this.definition['x-access'] || 'user';
    const anonymous = (this.definition.security || [{}]).some((need) => !Object.keys(need).length) && access !== 'public';
    this.answer = element('div', { role: 'status' });
    this.sendButton = element('button', { className: 'send', type: 'submit' }, 'Send');
    const form = element('form', {},
      this.parameters.length ? element('h3', {}, 'Parameters') : null, this.parameterFields(),
      this.mediaType ? element('h3', {}, 'Body') : null, this.bodyFields(),
      element('div', { className: 'actions' }, this.sendButton,
        element('span', { className: 'hint' }, `${this.method.toUpperCase()} ${location.origin}${this.path}`)),
      this.answer);
    form.addEventListener('submit', (event) => { event.preventDefault(); this.send(); });
    return element('div', { className: 'body' },
      this.definition.description ? element('p', {}, ...prose(this.definition.description)) : null,
      element('span', { className: 'access' }, `${access}${anonymous ? ', or nobody on a loopback server' : ''}`),
      form, element('h3', {}, 'Answers'), this.answers());
  }

  parameterFields() {
    const rows = this.parameters.flatMap((parameter) => this.row(parameter.name, flat(parameter.schema), parameter));
    return rows.length ? element('div', { className: 'fields' }, ...rows) : null;
  }

  row(name, schema, { required, description }) {
    const id = `${this.id}-${name}`;
    const field = input(id, schema);
    this.fields.set(name, field);
    return [
      element('label', { htmlFor: id, className: required ? 'needed' : '' }, name), field,
      element('span', { className: 'hint' }, ...prose(description || schema.description), ' ', limits(schema))];
  }

  bodyFields() {
    if (!this.mediaType) return null;
    const holder = element('div', {});
    const types = Object.keys(this.content);
    const choice = element('select', { ariaLabel: 'Media type' }, ...types.map((type) => element('option', {}, type)));
    choice.addEventListener('change', () => { this.mediaType = choice.value; fill(); });
    const inner = element('div', {});
    const fill = () => inner.replaceChildren(...this.bodyOf(this.mediaType));
    fill();
    holder.append(...(types.length > 1 ? [element('p', {}, choice)] : []), inner);
    return holder;
  }

  bodyOf(type) {
    const schema = flat(this.content[type].schema);
    this.bodyNames = [];
    if (type === 'application/json') {
      this.text = element('textarea', { spellcheck: false, ariaLabel: 'JSON body', value: JSON.stringify(example(schema), null, 2) });
      return [this.text, properties(schema)].filter(Boolean);
    }
    if (!schema.properties) {
      this.text = element('textarea', { spellcheck: false, ariaLabel: 'Body' });
      return [this.text];
    }
    this.bodyNames = Object.keys(schema.properties);
    return [element('div', { className: 'fields' }, ...this.bodyNames.flatMap((name) => {
      const property = flat(schema.properties[name]);
      return this.row(name, property, { required: (schema.required || []).includes(name) });
    }))];
  }

  answers() {
    const rows = Object.entries(this.definition.responses || {}).flatMap(([status, node]) => [
      element('dt', { className: status.startsWith('2') ? 'good' : 'bad' }, status),
      element('dd', {}, ...prose(resolve(node).description))]);
    const good = Object.entries(this.definition.responses || {}).find(([status]) => status.startsWith('2'));
    const schema = good && resolve(good[1]).content?.['application/json']?.schema;
    return element('div', {}, element('dl', { className: 'answers' }, ...rows),
      ...(schema ? [properties(flat(schema))].filter(Boolean) : []));
  }

  request() {
    let path = this.path;
    const query = new URLSearchParams();
    const headers = new Headers();
    for (const parameter of this.parameters) {
      const value = valueOf(this.fields.get(parameter.name));
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
      else if (value && parameter.in === 'query') query.set(parameter.name, value);
      else if (value && parameter.in === 'header') headers.set(parameter.name, value);
    }
    if (token.value.trim()) headers.set('Authorization', `Bearer ${token.value.trim()}`);
    const url = new URL(path.slice(1) + (query.size ? `?${query}` : ''), document.baseURI);
    return { url, init: { method: this.method.toUpperCase(), headers, body: this.payload(headers) } };
  }

  payload(headers) {
    if (!this.mediaType) return undefined;
    if (!this.bodyNames.length) {
      if (!this.text.value.trim()) return undefined;
      headers.set('Content-Type', this.mediaType);
      return this.text.value;
    }
    const form = this.mediaType === 'multipart/form-data' ? new FormData() : new URLSearchParams();
    for (const name of this.bodyNames) {
      const value = valueOf(this.fields.get(name));
      if (value) form.append(name, value);
    }
    return form;
  }

  async send() {
    this.stop?.abort();
    this.stop = new AbortController();
    this.sendButton.disabled = true;
    const began = performance.now();
    try {
      const { url, init } = this.request();
      const response = await fetch(url, { ...init, signal: this.stop.signal });
      await this.show(response, began);
      if (this.id === 'login') adopt(this.last);
    } catch (failed) {
      this.answer.replaceChildren(element('div', { className: 'answer' },
        element('div', { className: 'status bad' }, `No answer: ${failed.message}`)));
    } finally {
      this.sendButton.disabled = false;
    }
  }

  async show(response, began) {
    const pre = element('pre', {});
    const status = element('div', { className: 'status' },
      element('strong', { className: response.ok ? 'good' : 'bad' }, `${response.status} ${response.statusText}`),
      element('span', {}, `${Math.round(performance.now() - began)} ms`),
      ...['content-type', 'location', 'etag', 'retry-after', 'x-request-id'].filter((name) => response.headers.has(name))
        .map((name) => element('span', { className: 'mono' }, `${name}: ${response.headers.get(name)}`)));
    this.answer.replaceChildren(element('div', { className: 'answer' }, status, pre));
    const type = response.headers.get('content-type') || '';
    if (/event-stream|ndjson/.test(type)) return this.follow(response, pre);
    this.last = await response.text();
    if (!this.last) pre.remove();
    else if (type.includes('json')) pre.append(...coloured(this.last));
    else pre.append(this.last.slice(0, SHOWN_LIMIT));
    return undefined;
  }

  async follow(response, pre) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      pre.append(part.value);
      pre.scrollTop = pre.scrollHeight;
    }
  }
}

/** JSON, indented and with its tokens marked. */
function coloured(json) {
  let text;
  try { text = JSON.stringify(JSON.parse(json), null, 2); } catch { return [json]; }
  if (text.length > SHOWN_LIMIT) return [text.slice(0, SHOWN_LIMIT), '…'];
  const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(tokens)) {
    parts.push(text.slice(at, match.index));
    const kind = match[1] ? (match[2] ? 'key' : 'text') : match[3] ? 'number' : 'word';
    parts.push(element('span', { className: kind }, match[1] || match[0]), match[2] || '');
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

/** Takes over the token of a sign-in. */
function adopt(answer) {
  try { token.value = JSON.parse(answer).access_token || token.value; } catch { return; }
  showUser();
}

async function showUser() {
  const shown = token.value.trim();
  who.className = 'who';
  if (!shown) { who.textContent = 'no token'; return; }
  const response = await fetch(new URL('api/v1/auth/me', document.baseURI), { headers: { Authorization: `Bearer ${shown}` } });
  const user = await response.json().catch(() => ({}));
  who.textContent = response.ok ? `${user.email}${user.role ? `, ${user.role}` : ''}` : user.detail || 'not valid';
  who.classList.add(response.ok ? 'good' : 'bad');
}

function groups(operations) {
  const named = new Map((api.tags || []).map((tag) => [tag.name, { tag, operations: [] }]));
  for (const operation of operations) {
    const name = operation.definition.tags?.[0] || 'other';
    if (!named.has(name)) named.set(name, { tag: { name }, operations: [] });
    named.get(name).operations.push(operation);
  }
  return [...named.values()].filter((group) => group.operations.length);
}

function draw(operations) {
  const main = document.getElementById('main');
  const index = document.getElementById('index');
  const [lead, ...rest] = [api.info.summary, ...(api.info.description || '').split('\n\n')];
  main.replaceChildren(element('div', { className: 'intro' },
    element('h1', {}, `${api.info.title} API`), element('p', { className: 'lead' }, lead || ''),
    ...rest.filter(Boolean).map((paragraph) => element('p', {}, ...prose(paragraph))),
    element('p', {}, element('a', { href: 'openapi.yaml' }, 'openapi.yaml'), ' · ',
      element('a', { href: 'openapi.json' }, 'openapi.json'), ' · ', element('a', { href: 'asyncapi.yaml' }, 'asyncapi.yaml'))));
  index.replaceChildren();
  for (const { tag, operations: members } of groups(operations)) {
    main.append(element('section', {}, element('h2', {}, tag.name), element('p', {}, tag.description || ''),
      ...members.map((operation) => operation.draw())));
    index.append(element('h2', {}, tag.name), ...members.map((operation) => element('a', { href: `#${operation.id}` },
      element('span', { className: `method ${operation.method}` }, operation.method.toUpperCase()), operation.definition.summary || operation.id)));
  }
}

function openNamed() {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) { named.open = true; named.scrollIntoView(); }
}

function narrow(operations, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const operation of operations) operation.node.hidden = !operation.matches(words);
  for (const section of document.querySelectorAll('section')) {
    section.hidden = [...section.querySelectorAll('.operation')].every((node) => node.hidden);
  }
}

async function start() {
  api = await (await fetch('openapi.json')).json();
  document.title = `${api.info.title} API`;
  document.getElementById('version').textContent = api.info.version;
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => new Operation(path, method, item[method], item.parameters || [])));
  draw(operations);
  document.getElementById('filter').addEventListener('input', (event) => narrow(operations, event.target.value));
  document.getElementById('sign-in').addEventListener('submit', (event) => event.preventDefault());
  token.addEventListener('change', showUser);
  addEventListener('hashchange', openNamed);
  openNamed();
}

start().catch((failed) => {
  document.getElementById('main').textContent = `The document could not be read: ${failed.message}`;
});
