import type { SessionPersistence, SlowStart } from '@elbow/model';
import { z } from 'zod';
import { flag, integer, oneOfSupported, says } from '../schema/values.ts';

/** How requests are balanced, as bodies say it. */
export const algorithm = oneOfSupported(
  ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'],
  ['QUIC_CID', '2_TUPLE_HASH', '3_TUPLE_HASH', '5_TUPLE_HASH'],
);

const dayMinutes = 1440;
const cookieNameRule = 'must be 1 to 1024 letters, digits, -, _ and .';

const persistenceType = oneOfSupported(['HTTP_COOKIE', 'APP_COOKIE'], ['SOURCE_IP']);
const cookieName = z.string(says(cookieNameRule)).regex(/^[\w.-]{1,1024}$/, cookieNameRule);
const minutes = integer(1, dayMinutes);

/** Of a pool that speaks HTTP in some way. What does not go together is said at the field that is too much. */
export const sessionPersistence = z
  .strictObject(
    {
      type: persistenceType,
      // Terraform writes an empty name for "none".
      cookie_name: z.union([cookieName, z.literal(['', null])], says(cookieNameRule)).exactOptional(),
      persistence_timeout: minutes.nullable().exactOptional(),
    },
    says('must be an object with type, cookie_name and persistence_timeout'),
  )
  .superRefine(({ type, cookie_name: name }, context) => {
    const needsName = type === 'APP_COOKIE';
    if (needsName === Boolean(name)) return;
    const message = needsName ? 'is required with type APP_COOKIE' : 'is only for type APP_COOKIE';
    context.addIssue({ code: 'custom', path: ['cookie_name'], message });
  })
  .nullable();

export function readPersistence(wire: z.output<typeof sessionPersistence>): SessionPersistence | null {
  if (wire === null) return null;
  const lasting = wire.persistence_timeout ?? dayMinutes;
  return wire.type === 'APP_COOKIE'
    ? { type: 'APP_COOKIE', cookieName: wire.cookie_name ?? '', minutes: lasting }
    : { type: 'HTTP_COOKIE', minutes: lasting };
}

export function persistenceToWire(persistence: SessionPersistence | null) {
  if (persistence === null) return null;
  const { type, minutes: timeout } = persistence;
  if (type === 'HTTP_COOKIE') return { type, persistence_timeout: timeout };
  return { type, cookie_name: persistence.cookieName, persistence_timeout: timeout };
}

const usualDuration = 30;

export const slowStart = z
  .strictObject(
    { enable: flag.default(false), duration: integer(30, 1200).default(usualDuration) },
    says('must be an object with enable and duration'),
  )
  .nullable();

export function readSlowStart(wire: z.output<typeof slowStart>): SlowStart | null {
  return wire === null ? null : { isEnabled: wire.enable, durationSeconds: wire.duration };
}

export function slowStartToWire(wish: SlowStart | null) {
  return wish === null ? null : { enable: wish.isEnabled, duration: wish.durationSeconds };
}

/** One healthy member fewer than one, and requests go to all of them. */
export const poolHealth = z
  .strictObject(
    { minimum_healthy_member_count: integer(0, 1).default(0) },
    says('must be an object with minimum_healthy_member_count'),
  )
  .nullable();

export function readFailOpen(wire: z.output<typeof poolHealth>): boolean {
  return wire?.minimum_healthy_member_count === 1;
}
