import { isRecord } from '../schema/is-record.ts';

/** A JSON Schema, as far as documents made here need it. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly [keyword: string]: unknown;
}

/** The schema that all of these values fit: what is not in every object is not required. */
export function shapeOf(values: readonly unknown[]): Shape {
  const types = [...new Set(values.map(typeOf))].sort();
  const objects = values.filter(isRecord);
  const elements = values.filter((value) => Array.isArray(value)).flat();
  return {
    ...(types.length === 0 ? {} : { type: types.length === 1 ? (types[0] ?? 'null') : types }),
    ...(objects.length === 0 ? {} : objectShape(objects)),
    ...(types.includes('array') ? { items: shapeOf(elements) } : {}),
  };
}

type JsonRecord = Readonly<Record<string, unknown>>;

function objectShape(objects: readonly JsonRecord[]): Pick<Shape, 'properties' | 'required'> {
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const properties = keys.map((key) => {
    const held = objects.filter((object) => key in object).map((object) => object[key]);
    return [key, shapeOf(held)] as const;
  });
  const required = keys.filter((key) => objects.every((object) => key in object));
  return { properties: Object.fromEntries(properties), required };
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
