import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House, Manifest } from './check-wall.ts';
import { roomOf } from './source-file.ts';

const sources = ['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}', 'test/**/*.ts', 'bench/**/*.ts'];

/** Reads the working tree below `root`. */
export function readHouse(root: string): House {
  const paths = globSync(sources, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  const manifests = new Map<string, Manifest>();
  for (const path of globSync(['packages/*/package.json', 'apps/*/package.json'], { cwd: root })) {
    manifests.set(roomOf(path.replaceAll('\\', '/')) ?? path, readManifest(join(root, path)));
  }
  return {
    files: paths
      .filter((path) => existsSync(join(root, path)))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
    manifests,
    root: readManifest(join(root, 'package.json')),
  };
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8'));
}
