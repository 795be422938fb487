// TypeScript declarations from JSON schemas (2020-12), as far as the server's documents use them.

/** Declarations of all named schemas, in their order. */
export function declarations(named) {
  return [...named].map(([name, schema]) => declaration(name, schema, named)).join('');
}

function declaration(name, schema, named) {
  const flat = flattened(schema, named);
  const doc = comment(flat, '');
  return flat.properties && !nullable(flat)
    ? `\n${doc}export interface ${name} ${type(flat, named, '')}\n`
    : `\n${doc}export type ${name} =${spaced(type(flat, named, ''))};\n`;
}

/** A schema whose parts (`allOf`) have been put together; later parts are the more exact ones. */
function flattened(schema, named) {
  if (!schema.allOf) {
    return schema;
  }
  const {allOf, ...own} = schema;
  return [...allOf, own].reduce((whole, part) => {
    const {description, ...flat} = flattened(part.$ref ? target(part, named) : part, named);
    return {
      ...whole,
      ...flat,
      properties: {...whole.properties, ...flat.properties},
      required: [...new Set([...(whole.required ?? []), ...(flat.required ?? [])])],
      ...(part === own && description && {description}),
    };
  }, {});
}

function target(schema, named) {
  const found = named.get(schema.$ref.split('/').at(-1));
  if (!found) {
    throw new Error(`Nothing is called ${schema.$ref}`);
  }
  return found;
}

function nullable(schema) {
  return Array.isArray(schema.type) && schema.type.includes('null');
}

/** The type of a schema, written at an indentation. */
function type(schema, named, indent) {
  if (schema.$ref) {
    target(schema, named);
    return schema.$ref.split('/').at(-1);
  }
  if ('const' in schema) {
    return literal(schema.const);
  }
  if (schema.enum) {
    const values = schema.enum.map((value) => literal(value));
    return values.length > 6 ? values.map((value) => `\n${indent}  | ${value}`).join('') : values.join(' | ');
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    return choices.map((choice) => type(choice, named, indent)).join(' | ');
  }
  const flat = flattened(schema, named);
  const types = [flat.type ?? (flat.properties ? 'object' : 'any')].flat();
  return types.map((one) => plain(one, flat, named, indent)).join(' | ');
}

function plain(name, schema, named, indent) {
  switch (name) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return schema.format === 'binary' ? 'Blob' : 'string';
    case 'boolean':
    case 'null':
      return name;
    case 'array': {
      const item = schema.items ? type(schema.items, named, indent) : 'Json';
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      return object(schema, named, indent);
    default:
      return 'Json';
  }
}

function object({properties, required = [], additionalProperties}, named, indent) {
  if (!properties) {
    const value = additionalProperties ? type(additionalProperties, named, indent) : 'Json';
    return `{[key: string]: ${value}}`;
  }
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, schema]) => {
    const mark = required.includes(name) ? '' : '?';
    return `${comment(schema, inner)}${inner}${name}${mark}:${spaced(type(schema, named, inner))};\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

/** A type after what it belongs to; a long choice begins on a line of its own. */
function spaced(text) {
  return text.startsWith('\n') ? text : ` ${text}`;
}

function literal(value) {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

function comment({description}, indent) {
  return description ? `${indent}/** ${description.replace(/\s+/g, ' ').trim()} */\n` : '';
}
