import { hash as digest } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { assemblePlan, emptyPlan } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { compileLoadBalancer } from './compile.ts';
import type { LoadBalancerTree } from './tree.ts';

/**
 * One case is two files: `<case>.in.json`, a tree, and `<case>.out.json`, what it compiles to. A new case is a new
 * `in` file; `npm run golden` writes the other one, which is reviewed like code.
 */
const testdata = new URL('../testdata/', import.meta.url);
const suffix = '.in.json';
const cases = readdirSync(testdata)
  .filter((name) => name.endsWith(suffix))
  .map((name) => name.slice(0, -suffix.length));

const hash = (text: string) => digest('sha256', text, 'hex');

describe('compileLoadBalancer, golden cases', () => {
  it.each(cases)('%s', async (name) => {
    const tree: LoadBalancerTree = JSON.parse(readFileSync(new URL(name + suffix, testdata), 'utf8'));
    const { entries, conditions, chunks } = compileLoadBalancer(tree, hash, {
      isAccessLogEnabled: false,
      zone: 'az1',
    });
    const output = { conditions, entries, chunks: Object.fromEntries(chunks) };
    await expect(`${JSON.stringify(output, null, 2)}\n`).toMatchFileSnapshot(
      new URL(`${name}.out.json`, testdata).pathname,
    );
    const delivery = { manifest: { revision: 1, entries }, chunks: output.chunks };
    expect(assemblePlan(emptyPlan, delivery, hash)).toMatchObject({ ok: true });
  });
});
