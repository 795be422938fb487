#!/usr/bin/env node
// Checks what SBOMs list against published advisories.
//   node advisories.mjs SBOM…                 asks api.osv.dev
//   node advisories.mjs --from PATH SBOM…     reads advisories in the OSV format: a JSON file, or a folder of them
//                                             (the export for an ecosystem: osv-vulnerabilities/Maven/all.zip, unpacked)
//   --service URL                             asks there instead
// Exit code 0: nothing is known; 1: something is; 2: could not be checked.
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {findAt, findIn, fixedVersions, packageOf, readAdvisories} from './osv.mjs';

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`advisories: could not be checked: ${error.message}${error.cause ? ` (${error.cause.message})` : ''}`);
  if (error.message === 'fetch failed') console.error('Without a network, pass advisories with --from PATH.');
  process.exitCode = 2;
}

async function main() {
  const {values, positionals} = parseArgs({
    options: {from: {type: 'string'}, service: {type: 'string', default: 'https://api.osv.dev'}},
    allowPositionals: true,
  });
  const packages = positionals.flatMap(packagesOf);
  if (packages.length === 0) throw new Error('no package to check; name at least one SBOM that lists some');
  const advisories = values.from && readAdvisories(values.from);
  const found = advisories ? findIn(advisories, packages) : await findAt(values.service, packages);
  for (const {pack, advisory} of found) console.log(line(pack, advisory));
  const source = advisories ? `${advisories.length} advisories of ${values.from}` : values.service;
  console.log(`${packages.length} packages checked against ${source}: ${found.length || 'nothing'} found`);
  return found.length === 0 ? 0 : 1;
}

function packagesOf(sbom) {
  const {components = []} = JSON.parse(readFileSync(sbom, 'utf8'));
  return components.flatMap(({purl}) => (purl && !purl.includes('dev.headway') && packageOf(purl)) || []);
}

function line(pack, advisory) {
  const fixed = fixedVersions(advisory, pack);
  return `${advisory.id} ${pack.name} ${pack.version}: ${advisory.summary ?? 'no summary'}${fixed.length ? `; fixed in ${fixed.join(', ')}` : ''}`;
}
