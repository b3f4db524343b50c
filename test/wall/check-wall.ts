import { emptyNames, impureGlobals, neighbours, pureRooms, testTools } from './rules.ts';
import { importsOf, isTest, roomOf, loadedBy, withoutComments } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The house as data: every source file, the manifest of each room and the one of the root. */
export interface House {
  readonly files: readonly SourceFile[];
  readonly manifests: ReadonlyMap<string, Manifest>;
  readonly root: Manifest;
}

/** Every breach of the rules as one sentence; none means the house stands. */
export function checkWall(house: House): readonly string[] {
  const found = house.files.flatMap((file) => checkFile(file, house));
  return [...found, ...importCycles(house.files)].sort();
}

function checkFile(file: SourceFile, house: House): readonly string[] {
  const room = roomOf(file.path);
  const code = withoutComments(file.text);
  return [
    ...(emptyNames.test(file.path) ? [`${file.path}: the name says nothing about what is inside`] : []),
    ...(/^\s*export default\b/m.test(code) ? [`${file.path}: default export`] : []),
    ...(room === undefined ? [] : checkRoomFile({ file, room, code, house })),
  ];
}

interface RoomFile {
  readonly file: SourceFile;
  readonly room: string;
  readonly code: string;
  readonly house: House;
}

function checkRoomFile({ file, room, code, house }: RoomFile): readonly string[] {
  if (neighbours[room] === undefined)
    return [`${file.path}: the room ${room} is not in the table of neighbours`];
  const isPure = pureRooms.includes(room) && !isTest(file.path);
  const global = isPure ? impureGlobals.exec(code)?.[0] : undefined;
  return [
    ...importsOf(file).flatMap((specifier) => checkImport({ specifier, file, room, house })),
    ...(global === undefined ? [] : [`${file.path}: pure room uses ${global}`]),
  ];
}

interface ImportToCheck {
  readonly specifier: string;
  readonly file: SourceFile;
  readonly room: string;
  readonly house: House;
}

function checkImport({ specifier, file, room, house }: ImportToCheck): readonly string[] {
  const test = isTest(file.path);
  if (specifier.startsWith('.')) return checkRelative(specifier, file, room);
  if (specifier.startsWith('node:')) {
    return pureRooms.includes(room) && !test ? [`${file.path}: pure room imports ${specifier}`] : [];
  }
  const name = packageOf(specifier);
  if (test && (testTools.includes(name) || house.root.devDependencies?.[name] !== undefined)) return [];
  const neighbour = /^@elbow\/(.+)$/.exec(name)?.[1];
  if (neighbour !== undefined && neighbour !== room && neighbours[room]?.includes(neighbour) !== true) {
    return [`${file.path}: ${room} may not import ${neighbour}`];
  }
  const isTestDoor = test && specifier === `${name}/testing`;
  if (specifier !== name && neighbour !== undefined && !isTestDoor)
    return [`${file.path}: ${specifier} goes past the door of ${neighbour}`];
  const isDeclared = house.manifests.get(room)?.dependencies?.[name] !== undefined;
  return isDeclared ? [] : [`${file.path}: ${name} is not in the dependencies of ${room}`];
}

function checkRelative(specifier: string, file: SourceFile, room: string): readonly string[] {
  const target = resolve(file.path, specifier);
  if (roomOf(target) !== room) return [`${file.path}: ${specifier} leaves the room`];
  return isTest(target) && !isTest(file.path) ? [`${file.path}: ${specifier} is only for tests`] : [];
}

/** `@scope/name/deep` → `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Files that import each other in a circle, one sentence per circle. Imports of types alone are erased before
 * anything runs and may point back.
 */
function importCycles(files: readonly SourceFile[]): readonly string[] {
  const graph = new Map(files.map((file) => [file.path, localImports(file)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(`import cycle: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

function localImports(file: SourceFile): readonly string[] {
  const room = roomOf(file.path);
  return loadedBy(file).flatMap((specifier) => {
    if (specifier.startsWith('.')) return [resolve(file.path, specifier)];
    const neighbour = /^@elbow\/([^/]+)$/.exec(specifier)?.[1];
    return neighbour === undefined || (neighbour === room && isTest(file.path))
      ? []
      : [`packages/${neighbour}/src/index.ts`];
  });
}
