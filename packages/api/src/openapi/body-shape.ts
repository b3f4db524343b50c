import { z } from 'zod';
import type { RequestBody } from './request-bodies.ts';
import type { Shape } from './shape-of.ts';

/** The JSON Schema of a request body, made of the schema that reads it. Fields that a body must not hold are left out. */
export function bodyShape({ key, schema }: RequestBody): Shape {
  const inner = fieldsShape(schema);
  if (key === null) return inner;
  return { type: 'object', properties: { [key]: inner }, required: [key] };
}

/** The part below the key. */
export function fieldsShape(schema: z.ZodType): Shape {
  const { $schema: _draft, ...shape } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => dropRefused(jsonSchema as Record<string, unknown>),
  });
  return withoutFunctions(shape) as Shape;
}

/** What is refused whatever its value is shows as `not: {}`. */
function dropRefused(shape: Record<string, unknown>): void {
  const { properties } = shape;
  if (typeof properties !== 'object' || properties === null) return;
  const kept = Object.entries(properties).filter(([, value]) => !isRefused(value));
  shape['properties'] = Object.fromEntries(kept);
}

function isRefused(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'not' in value;
}

/** Schemas carry accessors of their library that are no part of the document. */
function withoutFunctions(shape: unknown): unknown {
  return JSON.parse(JSON.stringify(shape));
}
