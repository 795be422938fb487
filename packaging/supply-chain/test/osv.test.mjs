import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'node:test';
import {affects, packageOf, readAdvisories} from '../osv.mjs';
import {compareMaven, compareSemantic} from '../versions.mjs';

const FILE = fileURLToPath(new URL('advisories.json', import.meta.url));
const COMMAND = fileURLToPath(new URL('../advisories.mjs', import.meta.url));
const LOG4J = 'pkg:maven/org.apache.logging.log4j/log4j-core';

const order = (compare, ...versions) => {
  for (let at = 1; at < versions.length; at++) {
    assert.equal(compare(versions[at - 1], versions[at]), -1, `${versions[at - 1]} < ${versions[at]}`);
    assert.equal(compare(versions[at], versions[at - 1]), 1, `${versions[at]} > ${versions[at - 1]}`);
  }
};

test('compareMaven_ofVersions_isMavensOrder', () => {
  order(compareMaven, '1.0-alpha1', '1.0-beta2', '1.0-M1', '1.0-rc1', '1.0-SNAPSHOT', '1.0', '1.0-sp', '1.0-jre', '1.0.1', '1.2', '1.10', '2.9.10.8');
  for (const same of ['1', '1.0.0', '1.0.Final', '1.0-ga', '1.0.RELEASE']) assert.equal(compareMaven('1.0', same), 0, same);
  assert.equal(compareMaven('1.0-cr1', '1.0-RC1'), 0);
});

test('compareSemantic_ofVersions_isTheSpecificationsOrder', () => {
  order(compareSemantic, '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.10.0', '2.0.0');
  assert.equal(compareSemantic('1.0.0+one', '1.0.0+two'), 0);
});

test('affects_byRanges_countsTheirBounds', () => {
  const [log4j, thing, withdrawn] = readAdvisories(FILE);
  const at = (advisory, purl) => affects(advisory, packageOf(purl));
  assert.deepEqual(
    ['2.3', '2.4', '2.12.1', '2.12.2', '2.13.0-rc1', '2.13.0', '2.14.1', '2.15.0'].filter(version => at(log4j, `${LOG4J}@${version}`)),
    ['2.4', '2.12.1', '2.13.0', '2.14.1']);
  assert.deepEqual(['0.1.0', '1.2.3', '1.2.4'].filter(version => at(thing, `pkg:npm/%40scope/thing@${version}`)), ['0.1.0', '1.2.3']);
  assert.equal(at(withdrawn, 'pkg:npm/%40scope/thing@1.2.3'), false);
  assert.equal(at(log4j, 'pkg:maven/org.apache.logging.log4j/log4j-api@2.14.1'), false);
});

const sbom = (...purls) => {
  const path = join(mkdtempSync(join(tmpdir(), 'sbom-')), 'sbom.json');
  writeFileSync(path, JSON.stringify({components: purls.map(purl => ({purl}))}));
  return path;
};

const run = (...args) =>
  new Promise(done => execFile(process.execPath, [COMMAND, ...args], (error, out, err) => done({code: error?.code ?? 0, out, err})));

test('command_fromAFileThatKnowsSomething_namesItAndFails', async () => {
  const {code, out} = await run('--from', FILE, sbom(`${LOG4J}@2.14.1?type=jar`, 'pkg:maven/org.slf4j/slf4j-api@2.0.20?type=jar'));
  assert.equal(code, 1);
  assert.match(out, /GHSA-jfh8-c2jp-5v3q org.apache.logging.log4j:log4j-core 2.14.1: Remote code injection in Log4j; fixed in 2.15.0, 2.12.2/);
  assert.match(out, /2 packages checked against 3 advisories of .*: 1 found/);
});

test('command_fromAFileThatKnowsNothing_succeeds', async () => {
  const {code, out} = await run('--from', FILE, sbom(`${LOG4J}@2.17.1`));
  assert.equal(code, 0);
  assert.match(out, /nothing found/);
});

test('command_thatCannotCheck_isNoSuccess', async () => {
  assert.equal((await run('--from', '/nowhere', sbom(`${LOG4J}@2.17.1`))).code, 2);
  assert.equal((await run('--from', FILE, sbom())).code, 2);
  assert.equal((await run('--from', COMMAND, sbom(`${LOG4J}@2.17.1`))).code, 2);
  const {code, err} = await run('--service', 'http://127.0.0.1:1', sbom(`${LOG4J}@2.17.1`));
  assert.equal(code, 2);
  assert.match(err, /--from PATH/);
});

/* Speaks as api.osv.dev does: identifiers by package, in pages, then each advisory. */
test('command_atTheService_asksForEveryPageAndEachAdvisoryOnce', async () => {
  const advisories = new Map(readAdvisories(FILE).map(advisory => [advisory.id, advisory]));
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk)).on('end', () => {
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks)) : null;
      const answer = body ? {results: body.queries.map(page)} : advisories.get(request.url.split('/').at(-1));
      response.end(JSON.stringify(answer));
    });
  });
  const page = ({package: {purl}, page_token: token}) =>
    !purl.startsWith(LOG4J) ? {} : token ? {vulns: [{id: 'TEST-0001'}]} : {vulns: [{id: 'GHSA-jfh8-c2jp-5v3q'}], next_page_token: 'more'};
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  try {
    const service = `http://127.0.0.1:${server.address().port}`;
    const {code, out} = await run('--service', service, sbom(`${LOG4J}@2.14.1`, 'pkg:npm/preact@11.2.0', `${LOG4J}@2.14.0`));
    assert.equal(code, 1);
    assert.match(out, /3 packages checked .*: 4 found/);
    assert.deepEqual(asked, ['POST /v1/querybatch', 'POST /v1/querybatch', 'GET /v1/vulns/GHSA-jfh8-c2jp-5v3q', 'GET /v1/vulns/TEST-0001']);
  } finally {
    server.close();
  }
});
