import type { CorsConfig, HeaderEdits, MirrorConfig, TrafficLimit } from '@elbow/model';
import { z } from 'zod';
import { flag, integer, oneOf, says, uuid } from '../schema/values.ts';

/** Sub-objects that several configurations of a policy have. */
const headerKey = z
  .string(says('must be 1 to 40 letters, digits, - and _'))
  .regex(/^[\w-]{1,40}$/, 'must be 1 to 40 letters, digits, - and _');
const valueRule = 'must be 1 to 128 printable ASCII characters without a space at either end';
const headerValue = z.string(says(valueRule)).regex(/^(?! )[\x20-\x7e]{1,128}(?<! )$/, valueRule);
const mostHeaders = 20;

const insertHeaders = z.strictObject(
  {
    configs: z
      .array(
        z.strictObject(
          {
            key: headerKey,
            value_type: oneOf(['USER_DEFINED', 'REFERENCE_HEADER', 'SYSTEM_DEFINED']),
            value: headerValue,
          },
          says('must be an object with key, value_type and value'),
        ),
        says('must be a list of headers'),
      )
      .max(mostHeaders, `must hold at most ${mostHeaders} headers`)
      .refine(
        (list) => new Set(list.map(({ key }) => key.toLowerCase())).size === list.length,
        'must not hold a key twice',
      ),
  },
  says('must be an object with configs'),
);
const removeHeaders = z.strictObject(
  {
    configs: z
      .array(
        z.strictObject({ key: headerKey }, says('must be an object with key')),
        says('must be a list of headers'),
      )
      .max(mostHeaders, `must hold at most ${mostHeaders} headers`),
  },
  says('must be an object with configs'),
);

export const headerEditFields = {
  insert_headers_config: insertHeaders.nullable().default(null),
  remove_headers_config: removeHeaders.nullable().default(null),
};

interface HeaderEditWire {
  readonly insert_headers_config: z.output<typeof insertHeaders> | null;
  readonly remove_headers_config: z.output<typeof removeHeaders> | null;
}

export function headerEditsOf({ insert_headers_config, remove_headers_config }: HeaderEditWire): HeaderEdits {
  const inserted = insert_headers_config?.configs.map(({ key, value_type, value }) => ({
    key,
    valueType: value_type,
    value,
  }));
  return {
    insertHeaders: inserted ?? null,
    removeHeaders: remove_headers_config?.configs.map(({ key }) => key) ?? null,
  };
}

export function headerEditsToWire({ insertHeaders: inserted, removeHeaders: removed }: HeaderEdits) {
  return {
    insert_headers_config:
      inserted === null
        ? null
        : { configs: inserted.map(({ key, valueType, value }) => ({ key, value_type: valueType, value })) },
    remove_headers_config: removed === null ? null : { configs: removed.map((key) => ({ key })) },
  };
}

const rate = integer(0, 100_000);

export const trafficLimit = z
  .strictObject(
    { qps: rate.default(0), per_source_ip_qps: rate.default(0), burst: rate.default(0) },
    says('must be an object with qps, per_source_ip_qps and burst'),
  )
  .nullable()
  .default(null);

export function trafficLimitOf(wire: z.output<typeof trafficLimit>): TrafficLimit | null {
  if (wire === null) return null;
  return { qps: wire.qps, perSourceQps: wire.per_source_ip_qps, burst: wire.burst };
}

export function trafficLimitToWire(limit: TrafficLimit | null) {
  if (limit === null) return null;
  return { qps: limit.qps, per_source_ip_qps: limit.perSourceQps, burst: limit.burst };
}

const token = z
  .string(says('must be a name'))
  .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be a name of at most 100 characters');
const names = z
  .array(token, says('must be a list of names'))
  .max(50, 'must hold at most 50 names')
  .default([]);
const origin = z.string(says('must be an origin')).max(128, 'must be an origin of at most 128 characters');

export const cors = z
  .strictObject(
    {
      allow_origin: z
        .array(origin, says('must be a list of origins'))
        .min(1, 'must hold an origin')
        .max(50, 'must hold at most 50 origins'),
      allow_methods: names,
      allow_headers: names,
      expose_headers: names,
      allow_credentials: flag.default(false),
      max_age: integer(-1, 172_800).default(-1),
    },
    says('must be an object with allow_origin'),
  )
  .nullable()
  .default(null);

export function corsOf(wire: z.output<typeof cors>): CorsConfig | null {
  if (wire === null) return null;
  return {
    allowOrigin: wire.allow_origin,
    allowMethods: wire.allow_methods,
    allowHeaders: wire.allow_headers,
    exposeHeaders: wire.expose_headers,
    allowCredentials: wire.allow_credentials,
    maxAgeSeconds: wire.max_age,
  };
}

export function corsToWire(config: CorsConfig | null) {
  if (config === null) return null;
  return {
    allow_origin: config.allowOrigin,
    allow_methods: config.allowMethods,
    allow_headers: config.allowHeaders,
    expose_headers: config.exposeHeaders,
    allow_credentials: config.allowCredentials,
    max_age: config.maxAgeSeconds,
  };
}

/** The cloud documents no bound; each target multiplies what a request costs. */
const mostMirrors = 5;

export const mirror = z
  .strictObject(
    {
      target_ids: z
        .array(uuid, says('must be a list of pool ids'))
        .min(1, 'must name a pool')
        .max(mostMirrors, `must name at most ${mostMirrors} pools`),
      mirror_request_body_enable: flag.default(true),
    },
    says('must be an object with target_ids'),
  )
  .nullable()
  .default(null);

export function mirrorOf(wire: z.output<typeof mirror>): MirrorConfig | null {
  if (wire === null) return null;
  return { poolIds: wire.target_ids, isBodySent: wire.mirror_request_body_enable };
}

export function mirrorToWire(config: MirrorConfig | null) {
  return config === null
    ? null
    : { target_ids: config.poolIds, mirror_request_body_enable: config.isBodySent };
}
