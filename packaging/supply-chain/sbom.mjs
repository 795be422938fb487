#!/usr/bin/env node
// Writes the SBOMs of what is released, in CycloneDX 1.6: the jar, the image with its own Java, the npm package.
//   node sbom.mjs MAVEN_SBOM WEB_LOCK JDK_RELEASE VERSION OUT
// MAVEN_SBOM lists the Java part of the jar, WEB_LOCK is web/package-lock.json, JDK_RELEASE the file "release" of the JDK.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

/** The packages that a workspace needs at run time, as components; the project's own are left out. */
export function runtimeComponents(lock, workspace) {
  const found = new Map();
  const visit = (from, dependencies = {}) => {
    for (const name of Object.keys(dependencies)) {
      const place = placeOf(lock, from, name);
      if (lock.packages[place].link || found.has(place)) continue;
      found.set(place, component(name, lock.packages[place]));
      visit(place, lock.packages[place].dependencies);
    }
  };
  visit(workspace, lock.packages[workspace].dependencies);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/* As Node.js looks for it: in the nearest node_modules. */
function placeOf(lock, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = `${folder && `${folder}/`}node_modules/${name}`;
    if (lock.packages[place]) return place;
    if (!folder) throw new Error(`${name}, which ${from} needs, is not in the lock file`);
  }
}

function component(name, {version, license, integrity}) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [algorithm, digest] = integrity.split('-', 2);
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    hashes: [{alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex')}],
    licenses: [{license: {id: license}}],
    purl,
  };
}

/** The Java that is part of the image, from the file "release" of the JDK that it was made with. */
export function javaRuntime(release) {
  const value = name => release.match(new RegExp(`^${name}="(.*)"$`, 'm'))?.[1];
  const version = value('JAVA_RUNTIME_VERSION') ?? value('JAVA_VERSION');
  return {type: 'platform', 'bom-ref': `java@${version}`, publisher: value('IMPLEMENTOR'), name: 'OpenJDK', version};
}

function bom(type, {name, version}, components, graph = []) {
  const reference = `${name}@${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {component: {type, 'bom-ref': reference, name, version, licenses: [{license: {id: 'Apache-2.0'}}]}},
    components,
    dependencies: [{ref: reference, dependsOn: roots(components, graph)}, ...graph],
  };
}

/* What nothing else in the graph depends on. */
function roots(components, graph) {
  const needed = new Set(graph.flatMap(({dependsOn = []}) => dependsOn));
  return components.map(each => each['bom-ref']).filter(reference => !needed.has(reference));
}

/** The SBOMs by file name. */
export function sboms(java, lock, release, version) {
  const {components, dependencies} = java;
  const jar = [java.metadata.component, ...components, ...runtimeComponents(lock, 'dashboard')];
  const image = [...jar, javaRuntime(release)];
  return {
    [`headway-${version}.jar.cdx.json`]: bom('application', {name: 'headway', version}, jar, dependencies),
    [`headway-${version}-linux-x64.cdx.json`]: bom('application', {name: 'headway-image', version}, image, dependencies),
    [`headway-client-${version}.npm.cdx.json`]: bom('library', {name: '@headway/client', version}, runtimeComponents(lock, 'client')),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [maven, lock, release, version, out] = process.argv.slice(2);
  const text = path => readFileSync(path, 'utf8');
  for (const [name, content] of Object.entries(sboms(JSON.parse(text(maven)), JSON.parse(text(lock)), text(release), version))) {
    writeFileSync(join(out, name), `${JSON.stringify(content, null, 2)}\n`);
  }
}
