// Advisories in the OSV format (https://ossf.github.io/osv-schema/), from a file or from the service at api.osv.dev.
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {compareMaven, compareSemantic} from './versions.mjs';

const BATCH = 500; // packages a query; the service takes 1,000
const COMPARE = {Maven: compareMaven, npm: compareSemantic};

/** A package as advisories name it, from a purl such as pkg:maven/org.slf4j/slf4j-api@2.0.20; null for other kinds. */
export function packageOf(purl) {
  const match = purl.match(/^pkg:(maven|npm)\/([^?#]+)@([^?#@]+)/);
  if (!match) return null;
  const [, kind, path, version] = match;
  const name = decodeURIComponent(path);
  return kind === 'maven'
    ? {ecosystem: 'Maven', name: name.replace('/', ':'), version: decodeURIComponent(version), purl}
    : {ecosystem: 'npm', name, version: decodeURIComponent(version), purl};
}

/** Advisories from a JSON file (one, or an array of them), or from all JSON files of a folder. */
export function readAdvisories(path) {
  const files = statSync(path).isDirectory()
    ? readdirSync(path).filter(name => name.endsWith('.json')).sort().map(name => join(path, name))
    : [path];
  const advisories = files.flatMap(file => JSON.parse(readFileSync(file, 'utf8')));
  for (const advisory of advisories) {
    if (!advisory?.id || !Array.isArray(advisory.affected)) throw new Error(`${path}: not in the OSV format: it needs id and affected`);
  }
  return advisories;
}

/** Whether an advisory is about this version of this package; one that was withdrawn is about none. */
export function affects(advisory, pack) {
  return !advisory.withdrawn && advisory.affected.some(affected => isAffected(affected, pack));
}

function isAffected(affected, pack) {
  if (affected.package?.ecosystem !== pack.ecosystem || affected.package.name !== pack.name) return false;
  if (affected.versions?.includes(pack.version)) return true;
  return (affected.ranges ?? []).some(range => range.type !== 'GIT' && inRange(range.events, pack));
}

function inRange(events, pack) {
  const compare = COMPARE[pack.ecosystem];
  const at = event => event.introduced ?? event.fixed ?? event.last_affected ?? event.limit;
  const sorted = [...events].sort((a, b) => (at(a) === '0' ? -1 : at(b) === '0' ? 1 : compare(at(a), at(b))));
  let affected = false;
  for (const event of sorted) {
    if (event.introduced !== undefined && (event.introduced === '0' || compare(pack.version, event.introduced) >= 0)) affected = true;
    if (event.fixed !== undefined && compare(pack.version, event.fixed) >= 0) affected = false;
    if (event.last_affected !== undefined && compare(pack.version, event.last_affected) > 0) affected = false;
  }
  return affected;
}

/** The versions in which an advisory says that this package is mended. */
export function fixedVersions(advisory, pack) {
  return advisory.affected
    .filter(affected => affected.package?.name === pack.name)
    .flatMap(affected => affected.ranges ?? [])
    .flatMap(range => range.events)
    .flatMap(event => event.fixed ?? []);
}

/** What known advisories say of packages: pairs of a package and an advisory. */
export function findIn(advisories, packages) {
  return packages.flatMap(pack => advisories.filter(advisory => affects(advisory, pack)).map(advisory => ({pack, advisory})));
}

/** The same, asked of the service. */
export async function findAt(service, packages) {
  const found = [];
  for (let from = 0; from < packages.length; from += BATCH) {
    found.push(...(await queryBatch(service, packages.slice(from, from + BATCH))));
  }
  const advisories = new Map();
  for (const {id} of found) {
    if (!advisories.has(id)) advisories.set(id, await answer(`${service}/v1/vulns/${encodeURIComponent(id)}`));
  }
  return found.map(({pack, id}) => ({pack, advisory: advisories.get(id)}));
}

async function queryBatch(service, packages) {
  const found = [];
  let asked = packages.map(pack => ({pack, query: {package: {purl: pack.purl}}}));
  while (asked.length > 0) {
    const {results} = await answer(`${service}/v1/querybatch`, {queries: asked.map(({query}) => query)});
    found.push(...asked.flatMap(({pack}, at) => (results[at].vulns ?? []).map(({id}) => ({pack, id}))));
    asked = asked.flatMap(({pack, query}, at) =>
      results[at].next_page_token ? [{pack, query: {...query, page_token: results[at].next_page_token}}] : []);
  }
  return found;
}

async function answer(url, body) {
  const request = body ? {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)} : {};
  const response = await fetch(url, {...request, signal: AbortSignal.timeout(30_000)});
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
