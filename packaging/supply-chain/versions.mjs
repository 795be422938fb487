// Version order of the two ecosystems that the release is made from.

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES = {a: 'alpha', b: 'beta', m: 'milestone', cr: 'rc', final: '', ga: '', release: ''};

/**
 * Compares two Maven versions, as Maven's ComparableVersion orders them: numbers by value, known qualifiers before or
 * after the release, others after it by letter.
 */
export function compareMaven(left, right) {
  const [a, b] = [mavenTokens(left), mavenTokens(right)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareTokens(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function mavenTokens(version) {
  const parts = version.toLowerCase().match(/\d+|[a-z_+]+/g) ?? [];
  return parts.map(part => (/^\d/.test(part) ? BigInt(part) : (ALIASES[part] ?? part)));
}

function compareTokens(a, b) {
  const [numberA, numberB] = [typeof a === 'bigint', typeof b === 'bigint'];
  if (numberA && numberB) return order(a, b);
  // A missing number is 0; any other comes after every qualifier.
  if (numberA) return b === '' && a === 0n ? 0 : 1;
  if (numberB) return a === '' && b === 0n ? 0 : -1;
  return order(rank(a), rank(b)) || order(a, b);
}

function rank(qualifier) {
  const known = QUALIFIERS.indexOf(qualifier);
  return known < 0 ? QUALIFIERS.length : known;
}

/** Compares two semantic versions (semver.org, 11); build metadata does not count. */
export function compareSemantic(left, right) {
  const [a, b] = [semanticParts(left), semanticParts(right)];
  for (let at = 0; at < 3; at++) {
    const difference = order(a.numbers[at] ?? 0n, b.numbers[at] ?? 0n);
    if (difference !== 0) return difference;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

function semanticParts(version) {
  const [, core, prerelease] = version.match(/^v?([^-+]*)(?:-([^+]*))?/);
  return {numbers: (core.match(/\d+/g) ?? []).map(BigInt), prerelease: prerelease ? prerelease.split('.') : []};
}

function comparePrereleases(a, b) {
  if (a.length === 0 || b.length === 0) return order(b.length, a.length) && (a.length === 0 ? 1 : -1);
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [numberA, numberB] = [/^\d+$/.test(a[at]), /^\d+$/.test(b[at])];
    const difference =
      numberA && numberB ? order(BigInt(a[at]), BigInt(b[at])) : numberA !== numberB ? (numberA ? -1 : 1) : order(a[at], b[at]);
    if (difference !== 0) return difference;
  }
  return order(a.length, b.length);
}

function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
