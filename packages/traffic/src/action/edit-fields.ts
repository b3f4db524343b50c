import type { ConnectionFact, FieldWrite, PolicyEntry } from '@elbow/plan';
import { fieldValue, removeFields } from '@elbow/wire';

/** Reads what the load balancer knows of a connection; null when it knows nothing. */
export type FactReader = (fact: ConnectionFact) => string | null;

/** What a policy's edits are made from: the request whatever is edited, and the connection. */
export interface EditSource {
  readonly requestFields: string;
  readonly fact: FactReader;
}

type Edits = Pick<PolicyEntry, 'removedFields' | 'writtenFields'>;

/**
 * A block of fields after a policy's edits: first what it removes, then what it writes, in place of what stood under
 * these names.
 */
export function editFields(fields: string, edits: Edits, source: EditSource): string {
  if (edits.removedFields.length === 0 && edits.writtenFields.length === 0) return fields;
  const lines = edits.writtenFields
    .map((write) => ({ name: write.name, value: valueOf(write, source) }))
    .filter(({ value }) => value !== null);
  const names = [...edits.removedFields, ...lines.map(({ name }) => name)].map((name) => name.toLowerCase());
  const kept = removeFields(fields, new Set(names));
  return kept + lines.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
}

function valueOf({ value }: FieldWrite, { requestFields, fact }: EditSource): string | null {
  switch (value.from) {
    case 'text':
      return value.text;
    case 'field':
      return fieldValue(requestFields, value.name);
    case 'fact':
      return fact(value.fact);
  }
}
