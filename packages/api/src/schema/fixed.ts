import { z } from 'zod';

/**
 * Fields that bodies may hold although this version does nothing with them. Clients send whole objects, so a value
 * that asks for nothing passes; any other value is refused, because a switch that is silently ignored is a lie.
 */
export function notYet(...harmless: readonly unknown[]) {
  const isHarmless = (value: unknown): boolean => harmless.some((known) => isSame(known, value));
  const allowed = harmless.map((value) => JSON.stringify(value)).join(' or ');
  return z.unknown().refine(isHarmless, `is not supported yet (only ${allowed} is accepted)`).exactOptional();
}

/** A field that has one legal value here. */
export function always(...legal: readonly unknown[]) {
  const allowed = legal.map((value) => JSON.stringify(value)).join(' or ');
  const isLegal = (value: unknown): boolean => legal.some((known) => isSame(known, value));
  return z.unknown().refine(isLegal, `must be ${allowed}`).exactOptional();
}

/** Documented as accepted and without effect. */
export function ignored() {
  return z.unknown().exactOptional();
}

/** Fields that a body must not hold, each with the reason. */
export function refused<const K extends string>(names: readonly K[], reason: string) {
  const field = z.never(reason).exactOptional();
  return Object.fromEntries(names.map((name) => [name, field])) as Record<K, typeof field>;
}

export const readOnly = 'is set by the load balancer and cannot be written';
export const createOnly = 'can be set on create only';

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a !== null && typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
