import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {javaRuntime, runtimeComponents, sboms} from '../sbom.mjs';

const LOCK = JSON.parse(readFileSync(new URL('../../../web/package-lock.json', import.meta.url)));
const RELEASE = 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="25.0.1+8-LTS"\nJAVA_VERSION="25.0.1"\n';
const MAVEN = {
  metadata: {component: {name: 'headway-app', 'bom-ref': 'app'}},
  components: [{name: 'slf4j-api', 'bom-ref': 'slf4j'}],
  dependencies: [{ref: 'app', dependsOn: ['slf4j']}],
};

test('runtimeComponents_ofTheDashboard_areWhatItsPagesHold', () => {
  const names = runtimeComponents(LOCK, 'dashboard').map(({name}) => name);
  assert.deepEqual(names, ['@preact/signals', '@preact/signals-core', 'preact', 'uplot']);
});

test('runtimeComponents_haveTheDigestOfTheLockFile', () => {
  const preact = runtimeComponents(LOCK, 'dashboard').find(({name}) => name === 'preact');
  assert.equal(preact.purl, `pkg:npm/preact@${preact.version}`);
  assert.equal(preact.hashes[0].alg, 'SHA-512');
  assert.match(preact.hashes[0].content, /^[0-9a-f]{128}$/);
});

test('runtimeComponents_ofTheClient_areNone', () => assert.deepEqual(runtimeComponents(LOCK, 'client'), []));

test('javaRuntime_isTheOneOfTheJdk', () => {
  const {publisher, version} = javaRuntime(RELEASE);
  assert.deepEqual([publisher, version], ['Eclipse Adoptium', '25.0.1+8-LTS']);
});

test('sboms_ofTheRelease_referToWhatTheyList', () => {
  const files = sboms(MAVEN, LOCK, RELEASE, '1.2.0');
  assert.deepEqual(Object.keys(files), ['headway-1.2.0.jar.cdx.json', 'headway-1.2.0-linux-x64.cdx.json', 'headway-client-1.2.0.npm.cdx.json']);
  for (const {metadata, components, dependencies} of Object.values(files)) {
    const known = new Set([metadata.component, ...components].map(each => each['bom-ref']));
    for (const {ref, dependsOn} of dependencies) assert.ok([ref, ...dependsOn].every(each => known.has(each)));
  }
  const [jar, image] = Object.values(files);
  assert.deepEqual(jar.dependencies[0].dependsOn.slice(0, 2), ['app', `pkg:npm/%40preact/signals@${LOCK.packages['node_modules/@preact/signals'].version}`]);
  assert.equal(image.components.length, jar.components.length + 1);
});
