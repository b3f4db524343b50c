import { describe, expect, it } from 'vitest';
import { routes } from '../routes.ts';
import { ApiError } from './api-error.ts';
import { createClient } from './client.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function clientAnswering(response: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const client = createClient({
    fetch: async (url, init) => {
      sent.push({ url, init });
      return response();
    },
    endpoint: 'http://127.0.0.1:8700',
    projectId: () => 'p1',
    auth: () => ({ 'X-Auth-Token': 't' }),
  });
  return { client, sent };
}

const json = (body: object, init: ResponseInit = {}) => Response.json(body, init);

describe('the client', () => {
  it('has one method for each operation', () => {
    const { client } = clientAnswering(() => json({}));
    const names = routes.map(({ operation }) => operation.charAt(0).toLowerCase() + operation.slice(1));
    expect(Object.keys(client).sort()).toEqual([...new Set(names)].sort());
  });

  it('fills path, query and credentials in', async () => {
    const { client, sent } = clientAnswering(() => json({ members: [], page_info: { current_count: 0 } }));
    const query = { limit: 5, name: ['a b', 'c&d'], marker: undefined, member_type: 'ip' };
    await client.listMembers({ params: { pool_id: 'x/../y' }, query });
    expect(sent[0]?.url).toBe(
      'http://127.0.0.1:8700/v3/p1/elb/pools/x%2F..%2Fy/members?limit=5&name=a%20b&name=c%26d&member_type=ip',
    );
    expect(sent[0]?.init).toEqual({ method: 'GET', headers: { 'X-Auth-Token': 't' } });
  });

  it('sends no credentials where none are needed, and gives the token', async () => {
    const answer = () => json({ token: {} }, { status: 201, headers: { 'X-Subject-Token': 'secret' } });
    const { client, sent } = clientAnswering(answer);
    const user = { name: 'admin', password: 'x' };
    const body = { auth: { identity: { methods: ['password'], password: { user } } } };
    expect((await client.createToken({ body })).subjectToken).toBe('secret');
    expect(sent[0]?.init.headers).toEqual({ 'Content-Type': 'application/json' });
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual(body);
  });

  it.each([
    ['17', 17],
    ['0', 0],
    ['pending', 'pending'],
    [null, null],
  ])('reads X-Elbow-Live %s as %s', async (header, live) => {
    const headers: Record<string, string> = header === null ? {} : { 'X-Elbow-Live': header };
    const { client } = clientAnswering(() => json({ pool: { id: 'x' } }, { headers }));
    const answer = await client.updatePool({ params: { pool_id: 'x' }, body: { pool: { name: 'a' } } });
    expect([answer.live, answer.body.pool.id]).toEqual([live, 'x']);
  });

  it('takes an empty answer', async () => {
    const { client } = clientAnswering(
      () => new Response(null, { status: 204, headers: { 'X-Request-Id': 'r' } }),
    );
    const answer = await client.deletePool({ params: { pool_id: 'x' } });
    expect(answer).toMatchObject({ status: 204, body: null, requestId: 'r' });
  });
});

async function failureOf(response: () => Response | Promise<Response>): Promise<ApiError> {
  const failure: unknown = await clientAnswering(response)
    .client.listPools()
    .catch((error: unknown) => error);
  if (!(failure instanceof ApiError)) throw new Error(`not an ApiError: ${String(failure)}`);
  return failure;
}

describe('a failure', () => {
  it('carries code, message, request id and every field', async () => {
    const error_msg =
      'invalid input for field listener.name: must be one line; invalid input for field listener.tags[0].key: is required';
    const body = { error_code: 'ELB.8902', error_msg, request_id: 'r1' };
    const failure = await failureOf(() => json(body, { status: 400 }));
    expect(failure).toMatchObject({ status: 400, code: 'ELB.8902', message: error_msg, requestId: 'r1' });
    expect([failure.field, failure.fields]).toEqual([
      'name',
      [
        { field: 'name', reason: 'must be one line' },
        { field: 'tags[0].key', reason: 'is required' },
      ],
    ]);
  });

  it('of no field names none', async () => {
    const body = { error_code: 'ELB.8907', error_msg: 'load balancer x is in use', request_id: 'r' };
    expect((await failureOf(() => json(body, { status: 409 }))).field).toBeNull();
  });

  it.each([
    ['text', () => new Response('Bad Gateway', { status: 502, headers: { 'X-Request-Id': 'h' } })],
    ['a list', () => json([], { status: 502, headers: { 'X-Request-Id': 'h' } })],
    [
      'wrong types',
      () => json({ error_code: 1, error_msg: {} }, { status: 502, headers: { 'X-Request-Id': 'h' } }),
    ],
  ])('in the form of %s is one too', async (_what, response) => {
    expect(await failureOf(response)).toMatchObject({ status: 502, code: 'HTTP', requestId: 'h' });
  });

  it('to connect is one too', async () => {
    const failure = await failureOf(() => Promise.reject(new TypeError('Failed to connect')));
    expect(failure).toMatchObject({ status: 0, code: 'NETWORK', message: 'Failed to connect' });
  });

  it('to answer in JSON is one too', async () => {
    expect(await failureOf(() => new Response('<html>'))).toMatchObject({ status: 200, code: 'HTTP' });
  });
});
