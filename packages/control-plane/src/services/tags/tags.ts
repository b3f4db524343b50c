import {
  parseTag,
  parseTagChange,
  parseTagQuery,
  type TagChange,
  type TagQuery,
  taggedResourceToWire,
  tagValuesToWire,
} from '@elbow/api';
import { type Listener, type LoadBalancer, notFound, type Tag, withoutTags, withTags } from '@elbow/model';
import type { Reader } from '@elbow/store';
import { findOwned } from '../crud/crud.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, Handler, ServiceContext } from '../crud/service-context.ts';

/** A kind of object that can be tagged, as the paths of the tag calls know it. */
export interface TaggedKind {
  readonly kind: 'loadBalancer' | 'listener';
  readonly idParam: string;
  readonly type: string;
}

export const taggedLoadBalancers: TaggedKind = {
  kind: 'loadBalancer',
  idParam: 'loadbalancer_id',
  type: 'loadbalancer',
};
export const taggedListeners: TaggedKind = { kind: 'listener', idParam: 'listener_id', type: 'listener' };

export interface TagCalls {
  /** Keys and values over all objects of the kind. */
  readonly listAll: Handler;
  readonly show: Handler;
  readonly change: Handler;
  readonly add: Handler;
  readonly removeKey: Handler;
  readonly query: Handler;
}

type Tagged = LoadBalancer | Listener;

/** The tag calls of one kind. What is tagged serves the same as before, so no node hears of it. */
export function createTagCalls(context: ServiceContext, tagged: TaggedKind): TagCalls {
  const save = (call: Call, change: (tags: readonly Tag[]) => readonly Tag[]): Promise<Answer> =>
    saveTags(context, tagged, call, change);
  return {
    listAll: ({ projectId }) =>
      context.store.read(async (reader) => {
        const rows: readonly Tagged[] = await reader.list(tagged.kind, { projectId });
        return { status: 200, body: tagValuesToWire(rows.flatMap(({ tags }) => tags)) };
      }),
    show: (call) =>
      context.store.read(async (reader) => {
        const { tags } = await required(reader, tagged, call);
        return { status: 200, body: { tags } };
      }),
    change: async (call) => {
      const change = valueOf(parseTagChange(call.body));
      return save(call, (tags) => changed(tags, change));
    },
    add: async (call) => {
      const tag = valueOf(parseTag(call.body));
      return save(call, (tags) => valueOf(withTags(tags, [tag])));
    },
    removeKey: (call) => save(call, (tags) => tags.filter(({ key }) => key !== call.params['key'])),
    query: (call) => queryTags(context, tagged, call),
  };
}

function changed(tags: readonly Tag[], { action, tags: wish }: TagChange): readonly Tag[] {
  return action === 'create' ? valueOf(withTags(tags, wish)) : withoutTags(tags, wish);
}

async function saveTags(
  { store, nowMs }: ServiceContext,
  tagged: TaggedKind,
  call: Call,
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<Answer> {
  const { revision } = await store.write(async (writer) => {
    const row = await required(writer, tagged, call);
    await writer.update(tagged.kind, { ...row, tags: change(row.tags), updatedAtMs: nowMs() });
  });
  return { status: 204, body: null, revision };
}

async function required(reader: Reader, tagged: TaggedKind, call: Call): Promise<Tagged> {
  const id = call.params[tagged.idParam] ?? '';
  const row: Tagged | null = await findOwned(reader, tagged.kind, { id, projectId: call.projectId });
  if (row === null) throw new Refusal(notFound(tagged.type, id.slice(0, 64)));
  return row;
}

async function queryTags(
  { store }: ServiceContext,
  tagged: TaggedKind,
  { body, projectId }: Call,
): Promise<Answer> {
  const query = valueOf(parseTagQuery(body));
  const rows: readonly Tagged[] = await store.read((reader) => reader.list(tagged.kind, { projectId }));
  const found = rows.filter((row) => fits(row, query));
  const total = { total_count: found.length };
  if (query.action === 'count') return { status: 200, body: total };
  const page = found.slice(query.offset, query.offset + query.limit);
  const resources = page.map((row) => taggedResourceToWire({ ...row, ownerId: ownerOf(row) }));
  return { status: 200, body: { resources, ...total } };
}

function fits(row: Tagged, { tags, names }: TagQuery): boolean {
  if (names !== null && !names.includes(row.name)) return false;
  return tags.every(({ key, values }) => {
    return row.tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)));
  });
}

function ownerOf(row: Tagged): string {
  return 'loadBalancerId' in row ? row.loadBalancerId : '';
}
