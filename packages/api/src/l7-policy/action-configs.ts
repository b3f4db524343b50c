import type { FixedResponse, L7Policy, PoolsExtension, RedirectUrl } from '@elbow/model';
import { z } from 'zod';
import { flag, integer, oneOf, says, uuid } from '../schema/values.ts';
import {
  cors,
  corsOf,
  corsToWire,
  headerEditFields,
  headerEditsOf,
  headerEditsToWire,
  mirror,
  mirrorOf,
  mirrorToWire,
  trafficLimit,
  trafficLimitOf,
  trafficLimitToWire,
} from './shared-configs.ts';

function matching(pattern: RegExp, rule: string) {
  return z.string(says(rule)).regex(pattern, rule);
}

const host = matching(
  /^(?:\$\{host\}|[A-Za-z0-9][A-Za-z0-9.-]{0,127})$/,
  'must be ${host}, or at most 128 letters, digits, - and dots, beginning with a letter or digit',
);
const path = matching(
  /^(?:\/|\$\{path\})[\w~';@^\-%#&$.*+?,=!:|\\/()[\]{}]{0,127}$/,
  "must begin with / or ${path} and hold at most 128 letters, digits and _~';@^-%#&$.*+?,=!:|\\/()[]{}",
);
const query = matching(
  /^[\w!$&'()*+,\-./:;=?@^`{}%]{0,128}$/,
  "must hold at most 128 letters, digits and !$&'()*+,-./:;=?@^_`",
);
const portText = matching(
  /^(?:\$\{port\}|[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
  'must be ${port} or a port from 1 to 65535, as text',
);

const urlParts = {
  host: host.default('${host}'),
  path: path.default('${path}'),
  query: query.default('${query}'),
};

/** Status codes are text on the wire; numbers are taken as well. */
function statusCode(rule: string, isLegal: (code: number) => boolean) {
  const message = `must be ${rule}, as text`;
  return z
    .union([z.string(), z.int()], says(message))
    .transform(String)
    .refine((text) => /^\d{3}$/.test(text) && isLegal(Number(text)), message)
    .transform(Number);
}

export const redirectUrl = z.strictObject(
  {
    ...urlParts,
    protocol: oneOf(['HTTP', 'HTTPS', '${protocol}']).default('${protocol}'),
    port: portText.default('${port}'),
    status_code: statusCode('one of 301, 302, 303, 307, 308', (code) =>
      [301, 302, 303, 307, 308].includes(code),
    ),
    ...headerEditFields,
  },
  says('must be an object with status_code'),
);

export function redirectUrlOf(wire: z.output<typeof redirectUrl> | null): RedirectUrl | null {
  if (wire === null) return null;
  const { protocol, port, host: newHost, path: newPath, query: newQuery } = wire;
  return {
    protocol,
    host: newHost,
    port,
    path: newPath,
    query: newQuery,
    statusCode: wire.status_code,
    ...headerEditsOf(wire),
  };
}

export function redirectUrlToWire(url: RedirectUrl | null) {
  if (url === null) return null;
  const { protocol, host: newHost, port, path: newPath, query: newQuery } = url;
  return {
    protocol,
    host: newHost,
    port,
    path: newPath,
    query: newQuery,
    status_code: String(url.statusCode),
    ...headerEditsToWire(url),
  };
}

const contentTypes = [
  'text/plain',
  'text/css',
  'text/html',
  'application/javascript',
  'application/json',
] as const;
const bodyRule = 'must be text of at most 1024 characters';
const messageBody = z
  .string(says(bodyRule))
  .refine((text) => text.length <= 1024 && text.isWellFormed() && !/[^\P{Cc}\t\r\n]/u.test(text), bodyRule);

export const fixedResponse = z.strictObject(
  {
    status_code: statusCode(
      '200-299, 400-499 or 500-599',
      (code) => (code >= 200 && code <= 299) || (code >= 400 && code <= 599),
    ),
    content_type: oneOf(contentTypes).default('text/plain'),
    message_body: messageBody.default(''),
    traffic_limit_config: trafficLimit,
    ...headerEditFields,
  },
  says('must be an object with status_code'),
);

export function fixedResponseOf(wire: z.output<typeof fixedResponse> | null): FixedResponse | null {
  if (wire === null) return null;
  return {
    statusCode: wire.status_code,
    contentType: wire.content_type,
    messageBody: wire.message_body,
    trafficLimit: trafficLimitOf(wire.traffic_limit_config),
    ...headerEditsOf(wire),
  };
}

export function fixedResponseToWire(response: FixedResponse | null) {
  if (response === null) return null;
  return {
    status_code: String(response.statusCode),
    content_type: response.contentType,
    message_body: response.messageBody,
    ...headerEditsToWire(response),
    traffic_limit_config: trafficLimitToWire(response.trafficLimit),
  };
}

export const poolsExtension = z.strictObject(
  {
    rewrite_url_enable: flag.default(false),
    rewrite_url_config: z
      .strictObject(urlParts, says('must be an object with host, path and query'))
      .nullable()
      .default(null),
    ...headerEditFields,
    traffic_limit_config: trafficLimit,
    cors_config: cors,
    traffic_mirror_config: mirror,
  },
  says('must be an object'),
);

export function poolsExtensionOf(wire: z.output<typeof poolsExtension> | null): PoolsExtension | null {
  if (wire === null) return null;
  return {
    isRewriteEnabled: wire.rewrite_url_enable,
    rewrite: wire.rewrite_url_config,
    trafficLimit: trafficLimitOf(wire.traffic_limit_config),
    cors: corsOf(wire.cors_config),
    mirror: mirrorOf(wire.traffic_mirror_config),
    ...headerEditsOf(wire),
  };
}

export function poolsExtensionToWire(extension: PoolsExtension | null) {
  if (extension === null) return null;
  return {
    rewrite_url_enable: extension.isRewriteEnabled,
    rewrite_url_config: extension.rewrite,
    ...headerEditsToWire(extension),
    traffic_limit_config: trafficLimitToWire(extension.trafficLimit),
    cors_config: corsToWire(extension.cors),
    traffic_mirror_config: mirrorToWire(extension.mirror),
  };
}

/** The weight is text in published clients and a number in Terraform. */
const weightRule = 'must be an integer from 0 to 100';
const weight = z
  .union([z.string(), z.int()], says(weightRule))
  .transform(String)
  .refine((text) => /^(?:\d{1,2}|100)$/.test(text), weightRule)
  .transform(Number);

export const redirectPools = z.array(
  z.strictObject(
    { pool_id: uuid, weight: weight.default(1) },
    says('must be an object with pool_id and weight'),
  ),
  says('must be a list of pools with weights'),
);

export const poolStickiness = z.strictObject(
  { enable: flag.default(false), timeout: integer(1, 1440).default(1440) },
  says('must be an object with enable and timeout'),
);

export function poolStickinessOf(wire: z.output<typeof poolStickiness> | null): L7Policy['poolStickiness'] {
  return wire === null ? null : { isEnabled: wire.enable, timeoutMinutes: wire.timeout };
}

export function poolStickinessToWire(stickiness: L7Policy['poolStickiness']) {
  return stickiness === null ? null : { enable: stickiness.isEnabled, timeout: stickiness.timeoutMinutes };
}
