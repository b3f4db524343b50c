import type { Shape } from './shape-of.ts';

const uuidPattern = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const certificatePattern = '^[0-9a-f]{32}$';

/** What a value may be, in a few words: `integer 1–65535`, `HTTP, HTTPS`, `id or null`. */
export function typeText(shape: Shape): string {
  const choices = (shape['anyOf'] ?? shape['oneOf']) as readonly Shape[] | undefined;
  if (choices !== undefined) return [...new Set(choices.map(typeText))].join(' or ');
  const values = shape['enum'] as readonly unknown[] | undefined;
  if (values !== undefined) return values.map(valueText).join(', ');
  return [shape.type ?? 'any']
    .flat()
    .map((type) => typeWithRange(type, shape))
    .join(' or ');
}

function typeWithRange(type: string, shape: Shape): string {
  switch (type) {
    case 'string':
      return stringText(shape);
    case 'integer':
    case 'number':
      return `${type}${rangeText(shape['minimum'], shape['maximum'])}`;
    case 'array':
      return `list of ${shape.items === undefined ? 'any' : typeText(shape.items)}`;
    case 'boolean':
      return 'bool';
    default:
      return type;
  }
}

function stringText({ pattern, maxLength }: Shape): string {
  if (pattern === uuidPattern) return 'id';
  if (pattern === certificatePattern) return 'certificate id';
  return typeof maxLength === 'number' ? `text ≤ ${maxLength}` : 'text';
}

/** Numbers without a bound of their own have those of the language. */
function rangeText(minimum: unknown, maximum: unknown): string {
  const isOwn = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (!isOwn(minimum) && !isOwn(maximum)) return '';
  return ` ${isOwn(minimum) ? minimum : ''}–${isOwn(maximum) ? maximum : ''}`;
}

export function valueText(value: unknown): string {
  return value === '' ? '`""`' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
