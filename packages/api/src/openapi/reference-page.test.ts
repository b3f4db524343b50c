import { join } from 'node:path';
import { expect, it } from 'vitest';
import { routes } from '../routes.ts';
import { referencePage } from './reference-page.ts';

const file = join(import.meta.dirname, '../../../../docs/reference/api.md');

it('is what the code says; `npm run golden` writes it anew', async () => {
  await expect(referencePage()).toMatchFileSnapshot(file);
});

it('names every call', () => {
  const page = referencePage();
  const missing = routes.filter(
    ({ method, path }) => !page.includes(`\`${method} ${path.replace('/v3/{project_id}/elb/', '…/elb/')}\``),
  );
  expect(missing).toEqual([]);
});
