import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkWall } from './wall/check-wall.ts';
import type { House } from './wall/check-wall.ts';
import { readHouse } from './wall/read-house.ts';
import { neighbours, pureRooms } from './wall/rules.ts';
import { importsOf } from './wall/source-file.ts';

const house = readHouse(fileURLToPath(new URL('..', import.meta.url)));

describe('the house', () => {
  it('keeps its walls', () => {
    expect(checkWall(house)).toEqual([]);
  });

  it('has every room of the table, and the table has every room', () => {
    expect([...house.manifests.keys()].sort()).toEqual(Object.keys(neighbours).sort());
  });

  it('is large enough to be worth checking', () => {
    expect(house.files.length).toBeGreaterThan(100);
    for (const room of pureRooms)
      expect(neighbours[room]?.every((name) => pureRooms.includes(name))).toBe(true);
  });

  it('keeps the two flows apart: no way leads from the proxy to the model, none from the control plane to a socket', () => {
    expect(reachable('proxy')).not.toContain('model');
    expect(reachable('proxy')).not.toContain('api');
    for (const room of ['proxy', 'tls', 'node', 'health'])
      expect(reachable('control-plane')).not.toContain(room);
  });
});

function reachable(room: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const next of neighbours[room] ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reachable(next, seen);
  }
  return seen;
}

/** A small sound house, into which each case plants one breach. */
function planted(path: string, text: string, dependencies: Record<string, string> = {}): House {
  const files = [
    { path: 'packages/plan/src/index.ts', text: "export { isChunk } from './chunk.ts';\n" },
    {
      path: 'packages/plan/src/chunk.ts',
      text: "import type { X } from './index.ts';\nexport const isChunk = (x: X) => true;\n",
    },
    {
      path: 'packages/proxy/src/index.ts',
      text: "import type { Chunk } from '@elbow/plan';\nexport type X = Chunk;\n",
    },
    {
      path: 'packages/proxy/src/forward.test.ts',
      text: "import { it } from 'vitest';\nimport { readFileSync } from 'node:fs';\n",
    },
  ];
  const declared = { '@elbow/plan': '0.1.0', '@elbow/model': '0.1.0', '@elbow/wire': '0.1.0' };
  const manifests = Object.keys(neighbours).map(
    (room) => [room, { name: room, dependencies: { ...declared, ...dependencies } }] as const,
  );
  const kept = files.filter((file) => file.path !== path);
  return { files: [...kept, { path, text }], manifests: new Map(manifests), root: { name: 'root' } };
}

describe('the checker', () => {
  it('lets a sound house pass', () => {
    expect(
      checkWall(planted('packages/proxy/src/other.ts', "import { connect } from 'node:net';\n")),
    ).toEqual([]);
  });

  it.each([
    [
      'a forbidden neighbour',
      'packages/proxy/src/a.ts',
      "import type { Listener } from '@elbow/model';",
      /proxy may not import model/,
    ],
    [
      'one re-exported',
      'packages/control-plane/src/a.ts',
      "export {\n  x,\n} from '@elbow/proxy';",
      /control-plane may not import proxy/,
    ],
    [
      'one imported at run time',
      'packages/proxy/src/a.ts',
      "const x = await import('@elbow/api');",
      /proxy may not import api/,
    ],
    [
      'one in a test',
      'packages/wire/src/a.test.ts',
      "import { x } from '@elbow/model';",
      /wire may not import model/,
    ],
    [
      'a way past the door',
      'packages/proxy/src/a.ts',
      "import { x } from '@elbow/plan/src/chunk.ts';",
      /past the door/,
    ],
    [
      'what is for tests, where it is served',
      'packages/proxy/src/a.ts',
      "import { x } from '@elbow/plan/testing';",
      /past the door/,
    ],
    [
      'a path into another room',
      'packages/proxy/src/a.ts',
      "import { x } from '../../model/src/index.ts';",
      /leaves the room/,
    ],
    [
      'a part of the tests',
      'packages/proxy/src/a.ts',
      "import { x } from './testing/fixture.ts';",
      /only for tests/,
    ],
    [
      'a worker of another room',
      'packages/node/src/a.ts',
      "new URL('../../proxy/src/worker.ts', import.meta.url)",
      /leaves the room/,
    ],
    [
      'a platform module in a pure room',
      'packages/wire/src/a.ts',
      "import { createHash } from 'node:crypto';",
      /pure room imports node:crypto/,
    ],
    [
      'a clock in a pure room',
      'packages/traffic/src/a.ts',
      'export const at = Date.now();',
      /pure room uses Date.now/,
    ],
    [
      'the time of day in a pure room',
      'packages/model/src/a.ts',
      'export const at = new Date();',
      /pure room uses new Date/,
    ],
    [
      'chance in a pure room',
      'packages/compiler/src/a.ts',
      'export const n = Math.random();',
      /pure room uses Math.random/,
    ],
    [
      'the environment in a pure room',
      'packages/api/src/a.ts',
      'export const e = process.env;',
      /pure room uses process.env/,
    ],
    [
      'an undeclared package',
      'packages/store/src/a.ts',
      "import { Kysely } from 'kysely';",
      /kysely is not in the dependencies of store/,
    ],
    ['a default export', 'packages/proxy/src/a.ts', 'export default class Proxy {}', /default export/],
    [
      'a name that says nothing',
      'packages/proxy/src/socket-utils.ts',
      'export const x = 1;',
      /the name says nothing/,
    ],
    ['another such name', 'packages/proxy/src/types.ts', 'export const x = 1;', /the name says nothing/],
    ['a room nobody knows', 'packages/cellar/src/a.ts', 'export const x = 1;', /not in the table/],
    [
      'a circle',
      'packages/plan/src/chunk.ts',
      "import { y } from './index.ts';\nexport const x = y;",
      /import cycle: .*chunk.ts/,
    ],
  ])('finds %s', (_name, path, text, sentence) => {
    const found = checkWall(planted(path, text));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  it('does not take comments and strings for imports', () => {
    const text = [
      "// import { x } from '@elbow/model';",
      "/* export default 1; import y from 'left-pad' */",
      "const url = 'https://example.test/*'; // from 'x'",
      "const pattern = /[/*\"]/g; import { a } from '@elbow/plan';",
    ].join('\n');
    expect(importsOf({ path: 'a.ts', text })).toEqual(['@elbow/plan']);
    expect(checkWall(planted('packages/proxy/src/a.ts', text))).toEqual([]);
  });
});
