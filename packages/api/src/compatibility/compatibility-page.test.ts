import { join } from 'node:path';
import { expect, it } from 'vitest';
import { routes } from '../routes.ts';
import { callNotes, fieldNotes } from './compatibility-notes.ts';
import { compatibilityPage, statusOf } from './compatibility-page.ts';
import { publishedCalls } from './published-calls.ts';
import { publishedFields } from './published-fields.ts';

const file = join(import.meta.dirname, '../../../../docs/api-compatibility.md');

it('is what the code says; `npm run golden` writes it anew', async () => {
  await expect(compatibilityPage()).toMatchFileSnapshot(file);
});

it('every published call is answered, be it with the reason why not', () => {
  const calls = publishedCalls.flatMap((group) => group.calls);
  expect(calls).toHaveLength(131);
  expect(calls.filter((call) => statusOf(call) === 'no')).toEqual([]);
});

it('notes speak of calls and fields that exist', () => {
  const operations: readonly string[] = routes.map(({ operation }) => operation);
  expect(Object.keys(callNotes).filter((name) => !operations.includes(name))).toEqual([]);
  const page = compatibilityPage();
  for (const [resource, notes] of Object.entries(fieldNotes)) {
    const published = publishedFields[resource as keyof typeof publishedFields].split(' ');
    const strangers = Object.keys(notes).filter(
      (field) => !published.includes(field) && !page.includes(`\`${field}\` (ours)`),
    );
    expect([resource, strangers]).toEqual([resource, []]);
  }
});
