import { openApiDocument } from '@elbow/api';
import { defaultQuotas, type Settings } from '@elbow/model';
import { testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

/**
 * Every text of every create body takes values that programs stumble over. Whatever becomes of them, it is said: 400,
 * or stored and returned as they were; never an error of ours.
 */
type Json = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

let api: ApiFixture;
let owner: string;
let pool: string;
let policy: string;
let pem: { readonly certificate: string; readonly private_key: string };
let port = 10_000;

beforeAll(async () => {
  const quotas = Object.fromEntries(Object.keys(defaultQuotas).map((key) => [key, -1])) as Settings['quotas'];
  api = await apiFixture({ settings: { quotas } });
  const files = await (await testAuthority()).issue(['www.example.test']);
  pem = { certificate: files.certificatePem, private_key: files.keyPem };
  const zones = { availability_zone_list: ['az1'], ip_target_enable: true };
  owner = (await api.create('loadbalancers', 'loadbalancer', zones)).id;
  pool = (await api.create('pools', 'pool', { ...plainPool(), loadbalancer_id: owner })).id;
  const listener = await api.create('listeners', 'listener', {
    ...aListener(),
    enhance_l7policy_enable: true,
  });
  const wish = { listener_id: listener.id, action: 'REDIRECT_TO_POOL', redirect_pool_id: pool };
  policy = (await api.create('l7policies', 'l7policy', wish)).id;
});
afterAll(() => api.close());

const plainPool = () => ({ protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' });
const aListener = () => ({ loadbalancer_id: owner, protocol: 'HTTP', protocol_port: ++port });

/** A reason without protection is not kept. */
const guarded = { protection_status: 'consoleProtection' };

interface Resource {
  readonly collection: () => string;
  readonly key: string;
  /** A body that is fine, and another one each time. */
  readonly good: () => Json | Promise<Json>;
  readonly operation: string;
}

/** A pool can have one monitor, a load balancer one tank. */
async function freshPool(): Promise<string> {
  return (await api.create('pools', 'pool', { ...plainPool(), loadbalancer_id: owner })).id;
}

async function freshLoadBalancer(): Promise<string> {
  return (await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] })).id;
}

async function freshListener(): Promise<string> {
  return (await api.create('listeners', 'listener', { ...aListener(), enhance_l7policy_enable: true })).id;
}

const resources: readonly Resource[] = [
  resource('CreateLoadBalancer', 'loadbalancers', 'loadbalancer', () => ({
    ...guarded,
    availability_zone_list: ['az1'],
  })),
  resource('CreateListener', 'listeners', 'listener', () => ({ ...guarded, ...aListener() })),
  resource('CreatePool', 'pools', 'pool', () => ({ ...guarded, ...plainPool(), loadbalancer_id: owner })),
  {
    ...resource('CreateMember', '', 'member', () => ({ address: '127.0.9.1', protocol_port: ++port })),
    collection: () => `pools/${pool}/members`,
  },
  resource('CreateHealthMonitor', 'healthmonitors', 'healthmonitor', async () => ({
    pool_id: await freshPool(),
    type: 'HTTP',
    delay: 5,
    timeout: 3,
    max_retries: 3,
  })),
  resource('CreateCertificate', 'certificates', 'certificate', () => ({ ...guarded, ...pem })),
  resource('CreateSecurityPolicy', 'security-policies', 'security_policy', () => ({
    protocols: ['TLSv1.2'],
    ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'],
  })),
  resource('CreateIpGroup', 'ipgroups', 'ipgroup', () => ({
    ip_list: [{ ip: '192.0.2.1', description: 'x' }],
  })),
  resource('CreateL7Policy', 'l7policies', 'l7policy', async () => ({
    listener_id: await freshListener(),
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: pool,
  })),
  {
    ...resource('CreateL7Rule', '', 'rule', () => ({
      type: 'HEADER',
      compare_type: 'EQUAL_TO',
      value: '',
      conditions: [{ key: 'x-a', value: 'b' }],
    })),
    collection: () => `l7policies/${policy}/rules`,
  },
  resource('CreateLogtank', 'logtanks', 'logtank', async () => ({
    loadbalancer_id: await freshLoadBalancer(),
    log_group_id: 'g',
    log_topic_id: 't',
  })),
];

function resource(operation: string, path: string, key: string, good: Resource['good']): Resource {
  return { operation, collection: () => path, key, good };
}

const texts: readonly (readonly [name: string, value: string])[] = [
  ['a null character', 'a\u0000b'],
  ['an escape sequence', '\u001b[31mred\u001b[0m'],
  ['a C1 control', 'a\u0085b'],
  ['line breaks', 'a\r\nSet-Cookie: b=c'],
  ['four-byte characters', '\u{1F600}\u{1D4B3}\u{20BB7}'],
  ['a lone surrogate', 'a\ud83db'],
  ['a megabyte', 'x'.repeat(1_048_576)],
  ['__proto__', '__proto__'],
  ['a number', '42'],
  ['SQL', `'; drop table load_balancers; --`],
];

/** Shown in another form than they were sent, on purpose. */
const shownOtherwise = new Set(['private_key', 'project_id', 'protocol']);

describe.each(resources)('$operation', ({ operation, collection, key, good }) => {
  const fields = textPaths(bodyOf(operation, key));

  it('has texts', () => expect(fields.length).toBeGreaterThan(1));

  it.each(texts)(`every text as %s`, async (_name, value) => {
    for (const path of fields) {
      const sent = withValue(await good(), path, value);
      const { status, json } = await api.call('POST', collection(), { [key]: sent });
      expect([path.join('.'), status, status < 500]).toEqual([path.join('.'), status, true]);
      if (status !== 201) {
        expect(json.error_code).toMatch(/^(?:ELB|APIGW)\.\d{4}$/);
        expect(json.error_msg.length).toBeLessThan(4_096);
        continue;
      }
      const shown = valueAt(json[key], path);
      if (shown !== undefined && !shownOtherwise.has(String(path[0]))) expect(shown).toBe(value);
      const { json: later } = await api.call('GET', `${collection()}/${json[key].id}`);
      expect(later[key]).toEqual(json[key]);
      await api.call('DELETE', `${collection()}/${json[key].id}`);
    }
  });

  it('numbers as text, and keys that every object has', async () => {
    const fine = await good();
    for (const [name, value] of Object.entries(fine)) {
      if (typeof value !== 'number') continue;
      const answer = await api.call('POST', collection(), { [key]: { ...fine, [name]: String(value) } });
      expect([name, answer.status]).toEqual([name, 400]);
    }
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const inner = JSON.stringify(fine).replace('{', `{${JSON.stringify(name)}:{"polluted":true},`);
      const { status } = await api.call('POST', collection(), `{${JSON.stringify(key)}:${inner}}`);
      expect([name, status]).toEqual([name, 400]);
      expect(({} as Json)['polluted']).toBeUndefined();
    }
  });
});

it('nothing of it was a bug', () => {
  expect(api.events.filter((event) => event.startsWith('error'))).toEqual([]);
});

function bodyOf(operation: string, key: string): Json {
  const items = Object.values(openApiDocument('0').paths).flatMap((item) => Object.values(item)) as Json[];
  const found = items.find((item) => item['operationId'] === operation);
  const body = found?.['requestBody'] as
    | { content: Record<string, { schema: { properties: Json } }> }
    | undefined;
  const content = body?.content ?? {};
  return content['application/json']?.schema.properties[key] as Json;
}

/** Where a body can hold text, lists by their first element. */
function textPaths(shape: Json, path: Path = []): readonly Path[] {
  const choices = (shape['anyOf'] as readonly Json[] | undefined) ?? [shape];
  return choices.flatMap((choice) => {
    const properties = Object.entries(
      (choice['properties'] as Readonly<Record<string, Json>> | undefined) ?? {},
    );
    const below = properties.flatMap(([name, field]) => textPaths(field, [...path, name]));
    const items = choice['items'] === undefined ? [] : textPaths(choice['items'] as Json, [...path, 0]);
    const own = choice['type'] === 'string' && path.length > 0 ? [path] : [];
    return [...own, ...below, ...items];
  });
}

/** A copy with the value at the path; what is missing on the way is made. */
function withValue(body: unknown, [step, ...rest]: Path, value: string): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(body) ? body : [];
    return [withValue(list[0], rest, value), ...list.slice(1)];
  }
  const record = (typeof body === 'object' && body !== null ? body : {}) as Json;
  return { ...record, [step]: withValue(record[step], rest, value) };
}

function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (held, step) =>
      typeof held === 'object' && held !== null
        ? (held as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    body,
  );
}
