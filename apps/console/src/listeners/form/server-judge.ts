import {
  parseHealthMonitorCreate,
  parseListenerCreate,
  parseMemberCreate,
  parsePoolCreate,
} from '@elbow/api';
import type { Rule } from 'antd/es/form';
import { complaintsAbout } from '../../fields/server-rules.ts';

const anId = '00000000-0000-0000-0000-000000000000';
const parsers = {
  listener: parseListenerCreate,
  pool: parsePoolCreate,
  member: parseMemberCreate,
  healthmonitor: parseHealthMonitorCreate,
} as const;

/** The least that each body must say, so that a complaint can only be about the field in question. */
const skeletons: Readonly<Record<Judged, object>> = {
  listener: {
    loadbalancer_id: anId,
    protocol: 'HTTPS',
    protocol_port: 443,
    default_tls_container_ref: '0'.repeat(32),
  },
  pool: { loadbalancer_id: anId, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' },
  member: { address: '192.0.2.1', protocol_port: 80 },
  healthmonitor: { pool_id: anId, type: 'HTTP', delay: 5, timeout: 3, max_retries: 3 },
};

export type Judged = keyof typeof parsers;

/** Whether the server's own schema takes a value for a field. @param path in the body: `insert_headers.X-Real-IP` */
export function isTaken(body: Judged, path: readonly string[], value: unknown): boolean {
  const complaints = complaintsAbout(parsers[body], body, withValue(skeletons[body], path, value));
  const field = path.join('.');
  return !complaints.some((one) => one.field === field || isInside(one.field, field));
}

/** `tags[0].key` is inside of `tags`. */
function isInside(path: string, field: string): boolean {
  return path.startsWith(field) && /^[.[]/.test(path.slice(field.length));
}

/** A rule of a form that asks the server's schema and says no in our words. */
export function judgedBy(body: Judged, path: readonly string[], sentence: string): Rule {
  return {
    validator: async (_, value: unknown) => {
      if (!isTaken(body, path, value ?? null)) throw new Error(sentence);
    },
  };
}

function withValue(object: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const inside = (object as Readonly<Record<string, unknown>>)[key];
  const next = rest.length === 0 ? value : withValue((inside ?? {}) as object, rest, value);
  return { ...object, [key]: next };
}
