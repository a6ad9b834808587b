import { z } from 'zod';

type Json = z.core.JSONSchema.JSONSchema;

/** A field of an object as the page shows it. */
export interface Field {
  name: string;
  optional: boolean;
  type: string;
}

/** Schemas that are shown by a name where others hold them. */
export type Names = ReadonlyMap<z.core.$ZodType, string>;

/** The fields that a strict object takes, as they are sent. */
export function fieldsOf(schema: z.ZodType, names: Names = new Map()): Field[] {
  return fields(toJson(schema, names));
}

/** A schema as one short expression: what may be sent, with every limit that it states. */
export function typeText(schema: z.ZodType, names: Names = new Map()): string {
  return text(toJson(schema, names));
}

function toJson(schema: z.ZodType, names: Names): Json {
  return z.toJSONSchema(schema, {
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      const inner: z.core.$ZodType = zodSchema;
      const name = names.get(inner);
      if (name !== undefined && inner !== schema) jsonSchema.title = name;
    },
  });
}

function fields({ properties = {}, required = [] }: Json): Field[] {
  return Object.entries(properties).map(([name, type]) => ({
    name,
    optional: !required.includes(name),
    type: text(type as Json),
  }));
}

function text(json: Json): string {
  if (json.title !== undefined) return json.title;
  if (json.const !== undefined) return JSON.stringify(json.const);
  if (json.enum) return json.enum.map((value) => JSON.stringify(value)).join(' or ');
  const choices = json.anyOf ?? json.oneOf;
  if (choices) return choices.map((choice) => text(choice as Json)).join(' or ');
  switch (json.type) {
    case 'string':
      return stringText(json);
    case 'integer':
    case 'number':
      return numberText(json);
    case 'array':
      return `[${text(json.items as Json)}]${countText(json)}`;
    case 'object':
      return objectText(json);
    default:
      return json.type === undefined ? 'anything' : String(json.type);
  }
}

function stringText({ description, pattern, maxLength }: Json): string {
  const kind = description ?? (pattern === undefined ? 'string' : `/${pattern}/`);
  return maxLength === undefined ? kind : `${kind} ≤ ${maxLength}`;
}

function numberText({ description, type, minimum, maximum }: Json): string {
  if (description !== undefined) return description;
  if (minimum === undefined) return String(type);
  const unbounded = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
  return unbounded ? `${type} ≥ ${minimum}` : `${type} ${minimum}…${maximum}`;
}

function countText({ minItems = 0, maxItems }: Json): string {
  if (maxItems === undefined) return '';
  return minItems === maxItems ? ` × ${maxItems}` : ` × ${minItems}…${maxItems}`;
}

function objectText(json: Json): string {
  const { properties, propertyNames, additionalProperties } = json;
  if (properties === undefined && additionalProperties) {
    return `{ [${text(propertyNames as Json)}]: ${text(additionalProperties as Json)} }`;
  }
  const inside = fields(json).map(
    ({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${type}`,
  );
  return inside.length === 0 ? '{}' : `{ ${inside.join('; ')} }`;
}
