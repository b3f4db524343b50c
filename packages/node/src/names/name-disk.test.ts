import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { NameDisk } from './name-disk.ts';

describe('NameDisk', () => {
  let directory: string;
  let logged: string[];
  const aDisk = (): NameDisk => new NameDisk(directory, (_level, message) => void logged.push(message));
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'names-'));
    logged = [];
    const here = directory;
    onTestFinished(() => rmSync(here, { recursive: true }));
  });

  it('keeps the newest answers for the next run', async () => {
    const disk = aDisk();
    expect(await disk.load()).toEqual(new Map());
    disk.save(new Map([['a.test', ['192.0.2.1']]]));
    disk.save(new Map([['old.test', ['192.0.2.3']]]));
    const last = new Map([
      ['a.test', ['192.0.2.1', '192.0.2.2']],
      ['__proto__', ['2001:db8::1']],
    ]);
    disk.save(last);
    await disk.idle();
    expect(await aDisk().load()).toEqual(last);
    expect(logged).toEqual([]);
  });

  it.each([
    'no JSON',
    'null',
    '[]',
    '{"format":"elbow-names","version":2,"names":{}}',
    '{"format":"elbow-names","version":1,"names":null}',
    '{"format":"elbow-names","version":1,"names":{"a.test":["localhost"]}}',
    '{"format":"elbow-names","version":1,"names":{"a.test":"192.0.2.1"}}',
  ])('begins with nothing where the file says %s', async (text) => {
    writeFileSync(join(directory, 'names.json'), text);
    expect(await aDisk().load()).toEqual(new Map());
    expect(logged).toEqual(['the file of names is broken and not used']);
  });
});
