import type { PolicyCondition } from '@elbow/plan';
import { AddressSet, addressIndex } from '../access/address-set.ts';
import { pathRegex, type PathRegex } from './path-regex.ts';
import type { RequestFacts } from './request-facts.ts';
import { type TextTest, wildcardTest } from './wildcard.ts';

/** A condition that is ready to be asked. */
export interface CompiledCondition {
  readonly condition: PolicyCondition;
  readonly holds: (facts: RequestFacts) => boolean;
  /** The expressions of a path condition, in the order of its values; empty for others. */
  readonly regexes: readonly PathRegex[];
}

/** @throws Error when a path expression cannot be read */
export function compileCondition(condition: PolicyCondition): CompiledCondition {
  const regexes =
    condition.kind === 'path' && condition.compare === 'regex' ? condition.values.map(pathRegex) : [];
  return { condition, regexes, holds: testOf(condition, regexes) };
}

function testOf(condition: PolicyCondition, regexes: readonly PathRegex[]): CompiledCondition['holds'] {
  switch (condition.kind) {
    case 'host':
      return hostTest(condition.patterns);
    case 'path':
      return pathTest(condition, regexes);
    case 'method':
      return ({ method }) => condition.values.includes(method);
    case 'header':
      return headerTest(condition.name, condition.patterns);
    case 'query': {
      const test = anyOf(condition.patterns);
      return (facts) => facts.someParameter(condition.name, test);
    }
    case 'cookie': {
      const test = anyOf(condition.patterns);
      return (facts) => facts.someCookie(condition.name, test);
    }
    case 'source': {
      const set = new AddressSet(addressIndex(condition.entries));
      return ({ address }) => set.has(address);
    }
  }
}

function hostTest(patterns: readonly string[]): CompiledCondition['holds'] {
  const test = anyOf(patterns);
  return ({ host }) => test(host);
}

function headerTest(name: string, patterns: readonly string[]): CompiledCondition['holds'] {
  const lowerName = name.toLowerCase();
  const test = anyOf(patterns.map((pattern) => pattern.toLowerCase()));
  return (facts) => facts.someField(lowerName, (value) => test(value.toLowerCase()));
}

function pathTest(
  { compare, values }: Extract<PolicyCondition, { kind: 'path' }>,
  regexes: readonly PathRegex[],
): CompiledCondition['holds'] {
  if (compare === 'regex') return ({ path }) => regexes.some((regex) => regex.test(path));
  if (compare === 'exact') return ({ path }) => values.includes(path);
  return ({ path }) => values.some((value) => path.startsWith(value));
}

function anyOf(patterns: readonly string[]): TextTest {
  const [first, ...others] = patterns.map(wildcardTest);
  if (first === undefined) return () => false;
  return others.length === 0 ? first : (text) => first(text) || others.some((test) => test(text));
}
