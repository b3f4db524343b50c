import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlanDisk } from './plan-disk.ts';
import { planOf, poolChunk } from './testing/chunks.ts';

let directory: string;
const messages: string[] = [];
const disk = (): PlanDisk => new PlanDisk(directory, (_level, message) => messages.push(message));

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'elbow-plan-')), 'plan');
  messages.length = 0;
});

afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

describe('PlanDisk', () => {
  it('starts with the empty plan where there is none', async () => {
    expect((await disk().load()).revision).toBe(0);
    expect(messages).toEqual([]);
  });

  it('brings back the newest of many plans, for its owner only, and leaves no draft behind', async () => {
    const writer = disk();
    for (let revision = 1; revision <= 50; revision++)
      writer.save(planOf(revision, [poolChunk('p', [revision])]));
    await writer.idle();
    const plan = await disk().load();
    expect(plan).toEqual(planOf(50, [poolChunk('p', [50])]));
    expect(readdirSync(directory)).toEqual(['plan.json']);
    expect(statSync(join(directory, 'plan.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{}', '{"format":"elbow-plan"', 'null', '\u0000\u0001'])(
    'sets %j aside and says so',
    async (content) => {
      const writer = disk();
      writer.save(planOf(1, []));
      await writer.idle();
      writeFileSync(join(directory, 'plan.json'), content);
      expect((await disk().load()).revision).toBe(0);
      expect(messages).toEqual(['the plan file is broken and was set aside']);
      expect(readdirSync(directory)).toEqual(['plan.json.broken']);
    },
  );

  it('refuses a file whose chunk was edited', async () => {
    const writer = disk();
    writer.save(planOf(1, [poolChunk('p', [4711])]));
    await writer.idle();
    const file = join(directory, 'plan.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"port":4711', '"port":4712'));
    expect((await disk().load()).revision).toBe(0);
  });

  it('goes on where the disk does not let it write, and says so', async () => {
    const blocked = new PlanDisk('/dev/null/plan', (_level, message) => messages.push(message));
    blocked.save(planOf(1, []));
    await blocked.idle();
    expect(messages).toEqual(['the plan could not be written: after a restart an older one is served first']);
  });
});
