import {
  cutPage,
  inOrder,
  matchesWire,
  type PageInfo,
  pageInfo,
  type PageQuery,
  type ParsedFilters,
  type Sort,
  sortKeyOf,
} from '@elbow/api';
import type { ResourceKind } from '@elbow/model';
import { type ListQuery, type Reader, type Row, UnknownMarker } from '@elbow/store';
import type { CrudDescriptor } from './crud.ts';
import { isFound } from './search-rows.ts';
import type { Call } from './service-context.ts';

/** A resource as answers show it. */
export type WireRecord = Readonly<Record<string, unknown>>;

export interface ListRequest<K extends ResourceKind> {
  readonly reader: Reader;
  readonly descriptor: Pick<
    CrudDescriptor<K, never, never>,
    'kind' | 'plural' | 'scope' | 'related' | 'searchTexts' | 'sortKeys' | 'toWire'
  >;
  readonly filters: ParsedFilters<K>;
  readonly page: PageQuery;
  /** Null: the order in which they were made. */
  readonly sort: Sort<K> | null;
  readonly call: Call;
}

interface Page {
  readonly wires: readonly WireRecord[];
  readonly ids: readonly string[];
  readonly hasMoreBehind: boolean;
  /** Records on all pages; only when asked for. */
  readonly total: number | null;
}

/** One page of a list in its envelope. @throws UnknownMarker */
export async function listPage<K extends ResourceKind>(request: ListRequest<K>): Promise<WireRecord> {
  const where = await conditions(request);
  const { onWire, onObjects } = request.filters;
  const isPlain = Object.keys(onWire).length + Object.keys(onObjects).length === 0;
  const { wires, ids, hasMoreBehind, total } = await (isPlain
    ? pageOfRows(request, where)
    : pageOfWires(request, where));
  const info: PageInfo = pageInfo(ids, request.page, hasMoreBehind);
  const all = total === null ? {} : { total_count: total };
  return { [request.descriptor.plural]: wires, page_info: { ...info, ...all } };
}

type Where<K extends ResourceKind> = NonNullable<ListQuery<K>['where']>;

async function conditions<K extends ResourceKind>({ reader, descriptor, filters, call }: ListRequest<K>) {
  const scope = (await descriptor.scope?.(reader, call)) ?? {};
  const where = { ...filters.where, ...scope } as { id?: readonly string[] };
  for (const [relation, values] of Object.entries(filters.relations)) {
    if (relation === 'search') continue;
    const ids = (await descriptor.related?.(reader, relation, values)) ?? [];
    const wanted = new Set(ids);
    where.id = where.id === undefined ? ids : where.id.filter((id) => wanted.has(id));
  }
  return where as Where<K>;
}

/** The store cuts the page; one row more than asked for tells whether there is another. */
async function pageOfRows<K extends ResourceKind>(request: ListRequest<K>, where: Where<K>): Promise<Page> {
  const { reader, descriptor, page, sort, call, filters } = request;
  if (filters.relations['search'] !== undefined || sort !== null) return pageOfFound(request, where);
  const found = await reader.list(descriptor.kind, {
    projectId: call.projectId,
    where,
    limit: page.limit + 1,
    isReverse: page.isReverse,
    ...(page.marker === null ? {} : { marker: page.marker }),
  });
  const hasMoreBehind = found.length > page.limit;
  const rows = hasMoreBehind ? withoutSpare(found, page) : found;
  const total = wantsTotal(call)
    ? await reader.count(descriptor.kind, { projectId: call.projectId, where })
    : null;
  return {
    wires: await descriptor.toWire(reader, rows),
    ids: rows.map(({ id }) => id),
    hasMoreBehind,
    total,
  };
}

/** What is searched for and what comes first depends on every row: all are read, one page of them is answered. */
async function pageOfFound<K extends ResourceKind>(request: ListRequest<K>, where: Where<K>): Promise<Page> {
  const rows = await ordered(request, await foundRows(request, where));
  const cut = requireCut(cutPage(rows, request.page), request.page);
  return {
    wires: await request.descriptor.toWire(request.reader, cut.page),
    ids: cut.page.map(({ id }) => id),
    hasMoreBehind: cut.hasMoreBehind,
    total: wantsTotal(request.call) ? rows.length : null,
  };
}

async function foundRows<K extends ResourceKind>(
  { reader, descriptor, filters, call }: ListRequest<K>,
  where: Where<K>,
): Promise<readonly Row<K>[]> {
  const rows: readonly Row<K>[] = await reader.list(descriptor.kind, { projectId: call.projectId, where });
  const searches = filters.relations['search'];
  if (searches === undefined) return rows;
  const more = await descriptor.searchTexts?.(reader, rows);
  return rows.filter((row) => searches.some((text) => isFound(row, text, more?.get(row.id))));
}

async function ordered<K extends ResourceKind>(
  { reader, descriptor, sort }: ListRequest<K>,
  rows: readonly Row<K>[],
): Promise<readonly Row<K>[]> {
  if (sort === null) return rows;
  const { name, field, isDescending } = sort;
  const derived = field.by === 'derived' ? await descriptor.sortKeys?.(reader, name, rows) : undefined;
  return inOrder(rows, (row) => derived?.get(row.id) ?? sortKeyOf(row, field), isDescending);
}

function requireCut<T>(cut: T | null, { marker }: PageQuery): T {
  if (cut === null) throw new UnknownMarker(marker ?? '');
  return cut;
}

function wantsTotal({ query }: Call): boolean {
  return query.get('with_total') === 'true';
}

function withoutSpare<T>(rows: readonly T[], { isReverse, limit }: PageQuery): readonly T[] {
  return isReverse ? rows.slice(rows.length - limit) : rows.slice(0, limit);
}

/** Filters on derived fields need the answer of every row; lists are bounded by quotas. */
async function pageOfWires<K extends ResourceKind>(request: ListRequest<K>, where: Where<K>): Promise<Page> {
  const { reader, descriptor, filters, page, call } = request;
  const rows = await ordered(request, await foundRows(request, where));
  const wires = await descriptor.toWire(reader, rows);
  const records = rows.map(({ id }, index) => ({ id, wire: wires[index] ?? {} }));
  const found = records.filter(({ wire }) => matchesWire(wire, filters.onWire, filters.onObjects));
  const cut = requireCut(cutPage(found, page), page);
  return {
    wires: cut.page.map(({ wire }) => wire),
    ids: cut.page.map(({ id }) => id),
    hasMoreBehind: cut.hasMoreBehind,
    total: wantsTotal(call) ? found.length : null,
  };
}
