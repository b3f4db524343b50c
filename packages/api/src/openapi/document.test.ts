import { expect, it } from 'vitest';
import { routes } from '../routes.ts';
import { answerOf } from './answers.ts';
import { openApiDocument } from './document.ts';
import { requestBodies } from './request-bodies.ts';

type Json = Readonly<Record<string, unknown>>;
const document = openApiDocument('0.0.0') as unknown as Json & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Readonly<Record<string, Json>>;
};

/** Calls that take no body although their method may have one. */
const bodiless = new Set(['RestoreLoadbalancer', 'StartDemoBackends']);

it('has every route, and nothing else', () => {
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [method.toUpperCase(), path, operation['operationId']]),
  );
  const inTable = routes.map(({ method, path, operation }) => [method, path, operation]);
  expect(described.toSorted()).toEqual(inTable.toSorted());
});

it('says of every writing call what its body is', () => {
  const silent = routes
    .filter(({ method }) => method === 'POST' || method === 'PUT')
    .filter(({ operation, method }) => answerOf(operation, method) !== null && !bodiless.has(operation))
    .filter(({ operation }) => requestBodies[operation] === undefined);
  expect(silent.map(({ operation }) => operation)).toEqual([]);
});

it('has the form of OpenAPI 3.1', () => {
  expect(document['openapi']).toMatch(/^3\.1\.\d+$/);
  expect(document['info']).toMatchObject({ title: expect.any(String), version: '0.0.0' });
  for (const [path, item] of Object.entries(document.paths)) {
    expect(path).toMatch(/^\/[\w./{}-]+$/);
    for (const operation of Object.values(item)) expectOperation(path, operation);
  }
  const ids = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map((each) => each['operationId']),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

function expectOperation(path: string, operation: Json): void {
  const parameters = (operation['parameters'] ?? []) as readonly Json[];
  const inPath = parameters.filter((parameter) => parameter['in'] === 'path');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  expect(inPath.map((parameter) => [parameter['name'], parameter['required']])).toEqual(
    names.map((name) => [name, true]),
  );
  expect(new Set(parameters.map((each) => `${each['in']} ${each['name']}`)).size).toBe(parameters.length);
  for (const parameter of parameters) expect(parameter['schema']).toBeTypeOf('object');
  const responses = operation['responses'] as Readonly<Record<string, Json>>;
  for (const [status, response] of Object.entries(responses)) {
    expect(status).toMatch(/^(?:[1-5]\d\d|default)$/);
    expect('$ref' in response || typeof response['description'] === 'string').toBe(true);
  }
}

it('refers only to what it holds, and its schemas are JSON Schema of draft 2020-12', () => {
  const known = new Set([
    ...Object.keys(document.components['schemas'] ?? {}).map((name) => `#/components/schemas/${name}`),
    ...Object.keys(document.components['responses'] ?? {}).map((name) => `#/components/responses/${name}`),
  ]);
  const types = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
  const patterns: string[] = [];
  walk(document, (node) => {
    if (typeof node['$ref'] === 'string') expect(known).toContain(node['$ref']);
    if (typeof node['pattern'] === 'string') patterns.push(node['pattern']);
    if (!isSchema(node)) return;
    for (const type of [node['type']].flat()) if (typeof type === 'string') expect(types).toContain(type);
    if (Array.isArray(node['required']))
      expect(node['required'].every((name) => typeof name === 'string')).toBe(true);
  });
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
});

function isSchema(node: Json): boolean {
  return 'properties' in node || 'items' in node || 'anyOf' in node;
}

function walk(node: unknown, visit: (node: Json) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Json);
  for (const value of Object.values(node)) walk(value, visit);
}
