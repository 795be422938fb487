/** What of a path is variable, by name. */
export type Params = Record<string, string>;

/** The variable parts of a path that fits a pattern such as `/schedule/:id`; undefined when it does not. */
export function match(pattern: string, path: string): Params | undefined {
  const expected = pattern.split('/');
  const given = path.replace(/(.)\/+$/, '$1').split('/');
  if (expected.length !== given.length) {
    return undefined;
  }
  const params: Params = {};
  for (const [at, part] of expected.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':') && value !== '') {
      params[part.slice(1)] = decoded(value);
    } else if (part !== value) {
      return undefined;
    }
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
