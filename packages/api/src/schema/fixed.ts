import { z } from 'zod';

/** What documents made from the schemas say about such fields. */
export const notSupportedYet = 'not supported yet: a value that asks for nothing is accepted';
export const oneLegalValue = 'one legal value';
export const withoutEffect = 'accepted without effect';

/**
 * Fields that bodies may hold although this version does nothing with them. Clients send whole objects, so a value
 * that asks for nothing passes; any other value is refused, because a switch that is silently ignored is a lie.
 */
export function notYet(...harmless: readonly unknown[]) {
  return harmlessOnly('is not supported yet', harmless);
}

/** As {@link notYet}, for what will never be here, with the reason or the way to have the same. */
export function notHere(reason: string, ...harmless: readonly unknown[]) {
  return harmlessOnly(reason, harmless);
}

function harmlessOnly(reason: string, harmless: readonly unknown[]) {
  const isHarmless = (value: unknown): boolean => harmless.some((known) => isSame(known, value));
  const allowed = harmless.map((value) => JSON.stringify(value)).join(' or ');
  return z
    .unknown()
    .refine(isHarmless, `${reason} (only ${allowed} is accepted)`)
    .meta({ enum: [...harmless], description: notSupportedYet })
    .exactOptional();
}

/** A field that has one legal value here. */
export function always(...legal: readonly unknown[]) {
  const allowed = legal.map((value) => JSON.stringify(value)).join(' or ');
  const isLegal = (value: unknown): boolean => legal.some((known) => isSame(known, value));
  return z
    .unknown()
    .refine(isLegal, `must be ${allowed}`)
    .meta({ enum: [...legal], description: oneLegalValue })
    .exactOptional();
}

/** Documented as accepted and without effect. */
export function ignored() {
  return z.unknown().meta({ description: withoutEffect }).exactOptional();
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
