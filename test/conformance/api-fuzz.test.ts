import { expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Bodies that no client means to send, over a real connection: refused or kept as they were, never an error of ours.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

const fine = '{"loadbalancer":{"availability_zone_list":["az1"]}}';

/** Text that is no body of the API. */
const broken: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['white space', ' \n'],
  ['half an object', '{"loadbalancer":{"name":"a'],
  ['a number', '1e999'],
  ['a text', '"loadbalancer"'],
  ['null', 'null'],
  ['a list', '[{"loadbalancer":{}}]'],
  ['no wrapper', '{"availability_zone_list":["az1"]}'],
  ['two wrappers', '{"loadbalancer":{},"listener":{}}'],
  ['a list in the wrapper', '{"loadbalancer":[]}'],
  ['a hundred thousand brackets', '['.repeat(100_000)],
  ['nested objects', `${'{"loadbalancer":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['__proto__ as wrapper', '{"__proto__":{"availability_zone_list":["az1"]}}'],
  ['comments', `/* hi */${fine}`],
  ['a trailing comma', '{"loadbalancer":{"availability_zone_list":["az1"],}}'],
  ['single quotes', "{'loadbalancer':{}}"],
  ['a number that is too large', '{"loadbalancer":{"availability_zone_list":["az1"],"name":1e400}}'],
];

it.each(broken)('%s', async (_name, text) => {
  const { status, json } = await elbow.api.call('POST', 'loadbalancers', text);
  expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
  expect(json.error_msg.length).toBeLessThan(1_000);
});

it.each([
  ['four-byte characters', '\u{1F600} \u{20BB7}'],
  ['__proto__', '__proto__'],
  ['digits', '0042'],
  ['entities', '&lt;b&gt;'],
  ['a formula', '=1+1'],
  ['right-to-left marks', '\u202Eabc\u202C'],
  ['combining marks', 'e\u0301\u0327'],
  ['the longest name', '\u{1F600}'.repeat(255)],
])('a name of %s is kept as it was and found by it', async (_name, name) => {
  const body = { name, availability_zone_list: ['az1'] };
  const { id } = await elbow.api.create('loadbalancer', body);
  expect((await elbow.api.show('loadbalancer', id))['name']).toBe(name);
  const found = await elbow.api.list('loadbalancer', `?name=${encodeURIComponent(name)}`);
  expect(found.map((one) => one.id)).toEqual([id]);
  await elbow.api.remove('loadbalancer', id);
});

it.each([
  ['a null character', 'a\u0000b'],
  ['an escape', '\u001b[0m'],
  ['a line break', 'a\nb'],
  ['256 characters', '\u{1F600}'.repeat(256)],
  ['a megabyte', 'x'.repeat(1_048_576)],
])('a name of %s is refused', async (_name, name) => {
  const body = { loadbalancer: { name, availability_zone_list: ['az1'] } };
  const { status, json } = await elbow.api.call('POST', 'loadbalancers', body);
  expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
  expect(json.error_msg).toContain('loadbalancer.name');
});

it('ids and queries of every kind find nothing and break nothing', async () => {
  for (const id of ['__proto__', '%00', 'a'.repeat(4_000), '%F0%9F%98%80', "'or'1'='1"]) {
    const answer = await elbow.api.call('GET', `loadbalancers/${id}`);
    expect([id, answer.status]).toEqual([id, 404]);
  }
  for (const query of ['limit=-1', 'limit=1e3', 'limit=2001', 'page_reverse=maybe', 'marker=__proto__']) {
    const answer = await elbow.api.call('GET', `loadbalancers?${query}`);
    expect([query, answer.status]).toEqual([query, 400]);
  }
  const odd = await elbow.api.call('GET', 'loadbalancers?__proto__=1&constructor=2&name=%00&unknown=x');
  expect(expectStatus(odd, 200).json.loadbalancers).toEqual([]);
});
