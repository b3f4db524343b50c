import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnknownMarker } from '../errors.ts';
import type { ListQuery, Store, Writer } from '../store.ts';
import { aCertificate, aLoadBalancer, aMember, anHttpListener, anHttpsListener, aPool } from './rows.ts';

type MemberQuery = ListQuery<'member'>;

/** More than a statement takes as single parameters. */
const strangers = Array.from({ length: 40_000 }, (_, at) => `"stranger" ${at}`);

/** Pages, markers and filters. */
// oxlint-disable-next-line max-lines-per-function -- a table of cases
export function describeListContract(open: () => Promise<Store>): void {
  let store: Store;
  const ids = async (query: MemberQuery): Promise<readonly string[]> =>
    (await store.read((reader) => reader.list('member', query))).map((member) => member.id);

  // oxlint-disable-next-line max-lines-per-function -- a table of cases
  describe('lists', () => {
    beforeAll(async () => {
      store = await open();
      await store.write(insertMembers);
    });
    afterAll(() => store.close());

    it.each<[string, MemberQuery, string]>([
      ['all', {}, 'm9 m8 m7 m6 m5 m4 m3 m2 m1 m0'],
      ['a first page', { limit: 3 }, 'm9 m8 m7'],
      ['the page after a marker', { limit: 3, marker: 'm7' }, 'm6 m5 m4'],
      ['the last page', { limit: 3, marker: 'm1' }, 'm0'],
      ['nothing after the last', { limit: 3, marker: 'm0' }, ''],
      ['the page before a marker', { limit: 3, marker: 'm4', isReverse: true }, 'm7 m6 m5'],
      ['a short page before a marker', { limit: 3, marker: 'm8', isReverse: true }, 'm9'],
      ['the newest in creation order', { limit: 3, isReverse: true }, 'm2 m1 m0'],
      ['no page', { limit: 0 }, ''],
      ['one project', { projectId: 'other' }, 'm9 m8'],
      ['one project after a marker', { projectId: 'project', marker: 'm6' }, 'm5 m4 m3 m2 m1 m0'],
      ['a number in JSON', { where: { weight: [2] } }, 'm8 m5 m2'],
      ['any of several', { where: { weight: [1, 2] } }, 'm8 m7 m5 m4 m2 m1'],
      ['a column', { where: { port: [3, 5] } }, 'm4 m2'],
      ['null', { where: { subnetCidrId: [null] } }, 'm2 m1 m0'],
      ['null or a value', { where: { subnetCidrId: ['subnet0', null] } }, 'm8 m6 m4 m2 m1 m0'],
      [
        'several attributes',
        { where: { subnetCidrId: ['subnet1'], weight: [0], poolId: ['pool'] } },
        'm9 m3',
      ],
      ['any of very many', { where: { id: [...strangers, 'm3', 'm7'] } }, 'm7 m3'],
      ['any of very many, and none', { where: { subnetCidrId: [...strangers, null] } }, 'm2 m1 m0'],
      ['very many texts that look like numbers', { where: { weight: [...strangers, '2'] } }, ''],
      ['no value at all', { where: { weight: [] } }, ''],
      ['text that looks like the number', { where: { weight: ['2'] } }, ''],
      ['filter, marker and limit', { where: { weight: [0, 1] }, marker: 'm7', limit: 2 }, 'm6 m4'],
    ])('give %s', async (_name, query, expected) => {
      expect((await ids(query)).join(' ')).toBe(expected);
    });

    it('count what they would give', async () => {
      const count = (query: MemberQuery): Promise<number> =>
        store.read((reader) => reader.count('member', query));
      expect(await count({})).toBe(10);
      expect(await count({ projectId: 'project', where: { weight: [1, 2] } })).toBe(5);
    });

    it.each<[string, MemberQuery]>([
      ['unknown', { marker: 'none' }],
      ['of another project', { marker: 'm9', projectId: 'project' }],
    ])('refuse a marker that is %s', async (_name, query) => {
      await expect(ids(query)).rejects.toThrow(UnknownMarker);
    });

    it('refuse to compare with what is not a scalar', async () => {
      const where = { weight: [{ $gt: 0 }] } as unknown as NonNullable<MemberQuery['where']>;
      await expect(ids({ where })).rejects.toThrow(TypeError);
    });

    it.each(['weight") or 1=1 --', "weight'", '$', 'a.b', ''])(
      'refuse %j as an attribute',
      async (attribute) => {
        await expect(ids({ where: { [attribute]: [1] } as MemberQuery['where'] & object })).rejects.toThrow(
          TypeError,
        );
      },
    );
  });

  describe('lists while rows change', () => {
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('keep a row in its place when it is updated, and put a new one last', async () => {
      await store.write(async (writer) => {
        await insertMembers(writer);
        await writer.update('member', aMember('m5', { port: 99 }));
        await writer.remove('member', 'm0');
        await writer.insert('member', aMember('m0', { port: 1 }));
      });
      expect((await ids({})).join(' ')).toBe('m9 m8 m7 m6 m5 m4 m3 m2 m1 m0');
      expect((await ids({ where: { port: [99] } })).join(' ')).toBe('m5');
    });

    it('filter booleans and attributes of one variant', async () => {
      await store.write(async (writer) => {
        await writer.insert('loadBalancer', aLoadBalancer('lb', { isAdminStateUp: false }));
        await writer.insert('loadBalancer', aLoadBalancer('lb2'));
        await writer.insert('certificate', aCertificate('certificate'));
        await writer.insert('listener', anHttpListener('http'));
        await writer.insert('listener', anHttpsListener('https', { port: 443, isHttp2Enabled: false }));
      });
      await store.read(async (reader) => {
        const down = await reader.list('loadBalancer', { where: { isAdminStateUp: [false] } });
        const secure = await reader.list('listener', { where: { certificateId: ['certificate'] } });
        const plain = await reader.list('listener', { where: { certificateId: [null] } });
        const old = await reader.list('listener', { where: { isHttp2Enabled: [false] } });
        const byProtocol = await reader.list('listener', { where: { protocol: ['HTTP', 'HTTPS'] } });
        const found = [down, secure, plain, old, byProtocol].map((rows) =>
          rows.map((row) => row.id).join(' '),
        );
        expect(found).toEqual(['lb', 'https', 'http', 'https', 'http https']);
      });
    });
  });
}

/** Ids fall while time goes on, so the order cannot come from the id. */
async function insertMembers(writer: Writer): Promise<void> {
  await writer.insert('pool', aPool('pool'));
  for (let i = 9; i >= 0; i -= 1) {
    const subnetCidrId = i < 3 ? null : `subnet${i % 2}`;
    const projectId = i < 8 ? 'project' : 'other';
    await writer.insert('member', aMember(`m${i}`, { port: i + 1, weight: i % 3, subnetCidrId, projectId }));
  }
}
