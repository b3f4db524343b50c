import { type HealthMonitor, mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { createOnly, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies, name } from '../schema/shared-fields.ts';
import { flag, integer, oneOf, oneOfSupported, says, uuid } from '../schema/values.ts';

const type = oneOfSupported(['TCP', 'HTTP', 'HTTPS', 'TLS', 'GRPC'], ['UDP_CONNECT', 'GRPCS']);
const seconds = integer(1, 50);
const threshold = integer(1, 10);
const port = integer(1, 65_535).nullable();
const method = oneOf(['GET', 'HEAD', 'POST']);

const domainRule = 'must be 1 to 100 letters, digits, - and ., beginning with a letter or digit';
const domainName = z.string(says(domainRule)).regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,99}$/, domainRule);

const pathRule =
  "must be 1 to 80 characters, / first, then letters, digits and - / . % ? # & _ ; ~ ! ( ) * [ ] @ $ ^ : ' , +";
const urlPath = z.string(says(pathRule)).regex(/^\/[\w\-/.%?#&;~!()*[\]@$^:',+]{0,79}$/, pathRule);

const codesRule = 'must be text such as 200, 200,202 or 200-204';
/** Which codes are right depends on the type, so the model judges them. */
const expectedCodes = z.string(says(codesRule)).min(1, codesRule).max(64, codesRule);

const usualFailures = 3;

const readOnlyFields = [
  'id',
  'pools',
  'created_at',
  'updated_at',
  'http_version',
  'content_check_enable',
  'sni_enable',
  'send_content',
  'receive_content',
  'content_format',
] as const;

const createBody = z.strictObject({
  ...inBothBodies,
  ...refused(readOnlyFields, readOnly),
  name: name.default(''),
  pool_id: uuid,
  type,
  delay: seconds,
  timeout: seconds,
  max_retries: threshold,
  max_retries_down: threshold.nullable().default(usualFailures),
  monitor_port: port.default(null),
  domain_name: domainName.nullable().default(null),
  http_method: method.nullable().default('GET'),
  url_path: urlPath.nullable().default('/'),
  expected_codes: expectedCodes.nullable().default(null),
  admin_state_up: flag.default(true),
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...refused(readOnlyFields, readOnly),
  ...refused(['pool_id'], createOnly),
  name: name.exactOptional(),
  type: type.exactOptional(),
  delay: seconds.exactOptional(),
  timeout: seconds.exactOptional(),
  max_retries: threshold.exactOptional(),
  max_retries_down: threshold.exactOptional(),
  monitor_port: port.exactOptional(),
  domain_name: domainName.nullable().exactOptional(),
  http_method: method.nullable().exactOptional(),
  url_path: urlPath.nullable().exactOptional(),
  expected_codes: expectedCodes.nullable().exactOptional(),
  admin_state_up: flag.exactOptional(),
});

type Identity = 'id' | 'projectId' | 'description' | 'createdAtMs' | 'updatedAtMs';

export type HealthMonitorCreate = Omit<HealthMonitor, Identity>;
export type HealthMonitorUpdate = Partial<Omit<HealthMonitorCreate, 'poolId'>>;

export function parseHealthMonitorCreate(body: unknown): Outcome<HealthMonitorCreate> {
  return mapOutcome(parseBody('healthmonitor', createBody, body), (wire) => ({
    name: wire.name,
    poolId: wire.pool_id,
    type: wire.type,
    isAdminStateUp: wire.admin_state_up,
    intervalSeconds: wire.delay,
    timeoutSeconds: wire.timeout,
    healthyThreshold: wire.max_retries,
    unhealthyThreshold: wire.max_retries_down ?? usualFailures,
    port: wire.monitor_port,
    domainName: wire.domain_name,
    httpMethod: wire.http_method ?? 'GET',
    urlPath: wire.url_path ?? '/',
    expectedCodes: wire.expected_codes,
  }));
}

export function parseHealthMonitorUpdate(body: unknown): Outcome<HealthMonitorUpdate> {
  return mapOutcome(parseBody('healthmonitor', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      type: wire.type,
      isAdminStateUp: wire.admin_state_up,
      intervalSeconds: wire.delay,
      timeoutSeconds: wire.timeout,
      healthyThreshold: wire.max_retries,
      unhealthyThreshold: wire.max_retries_down,
      port: wire.monitor_port,
      domainName: wire.domain_name,
      httpMethod: orUsual(wire.http_method, 'GET'),
      urlPath: orUsual(wire.url_path, '/'),
      expectedCodes: wire.expected_codes,
    }),
  );
}

/** Null asks for what a create without the field gives. */
function orUsual<T extends string>(value: T | null | undefined, usual: NoInfer<T>): T | undefined {
  return value === null ? usual : value;
}

/** Bodies as clients write them, below their one key. */
export type HealthMonitorCreateBody = z.input<typeof createBody>;
export type HealthMonitorUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const healthMonitorBodies = { create: createBody, update: updateBody } as const;
