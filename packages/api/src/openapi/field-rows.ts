import type { Shape } from './shape-of.ts';
import { typeText, valueText } from './type-text.ts';

/** One field of a body. */
export interface FieldRow {
  /** `insert_headers.X-Real-IP`, `tags[].key` */
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** Empty: none. */
  readonly byDefault: string;
  readonly note: string;
}

/** Every field below an object, parents before their fields. */
export function fieldRows(shape: Shape, path = ''): readonly FieldRow[] {
  const required = new Set(shape.required ?? []);
  return Object.entries(shape.properties ?? {}).flatMap(([name, field]) => {
    const own = `${path}${name}`;
    const row: FieldRow = {
      path: own,
      type: typeText(field),
      isRequired: required.has(name),
      byDefault: defaultText(field),
      note: typeof field['description'] === 'string' ? field['description'] : '',
    };
    return [row, ...rowsBelow(field, own)];
  });
}

function rowsBelow(field: Shape, path: string): readonly FieldRow[] {
  const choices = (field['anyOf'] as readonly Shape[] | undefined) ?? [field];
  return choices.flatMap((choice) => {
    if (choice.properties !== undefined) return fieldRows(choice, `${path}.`);
    return choice.items === undefined ? [] : rowsBelow(choice.items, `${path}[]`);
  });
}

/** Objects say the defaults of their fields, one by one. */
function defaultText(field: Shape): string {
  if (!('default' in field)) return '';
  const value = field['default'];
  const isPlain = value === null || typeof value !== 'object' || (Array.isArray(value) && value.length === 0);
  return isPlain ? valueText(value) : '';
}
