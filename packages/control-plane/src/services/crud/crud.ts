import {
  type FilterTable,
  parseFilters,
  parsePageQuery,
  parseSort,
  type SortKey,
  type SortTable,
} from '@elbow/api';
import {
  checkQuota,
  notFound,
  type Outcome,
  quotaKeyOf,
  type ResourceBase,
  type ResourceKind,
} from '@elbow/model';
import type { ListQuery, Reader, Row } from '@elbow/store';
import { listPage, type WireRecord } from './list-page.ts';
import { refuseIf, Refusal, valueOf } from './refusal.ts';
import type { Answer, Call, Handler, ServiceContext, Unit } from './service-context.ts';
import { checkUnchanged, versionTag } from './version-tag.ts';

/**
 * What one kind of resource adds to the five calls that all of them have. Everything that decides runs inside the
 * unit of work, so that what was checked still holds when it is written.
 */
export interface CrudDescriptor<K extends ResourceKind, Create, Update> {
  readonly kind: K;
  readonly singular: string;
  readonly plural: string;
  /** Path parameter that holds the id. */
  readonly idParam: string;
  readonly filters: FilterTable<K>;
  /** By what the list can be put in order. */
  readonly sorts: SortTable<K>;
  readonly parseCreate: (body: unknown) => Outcome<Create>;
  readonly parseUpdate: (body: unknown) => Outcome<Update>;
  /** Checks the rules and makes the row. @throws Refusal */
  readonly build: (unit: Unit, wish: Create, base: NewBase) => Promise<Row<K>>;
  /** Changes of other rows that belong to a create. */
  readonly afterInsert?: (unit: Unit, row: Row<K>, wish: Create) => Promise<void>;
  /** Checks the rules and makes the changed row. @throws Refusal */
  readonly change: (unit: Unit, row: Row<K>, wish: Update) => Promise<Row<K>>;
  /** Checks that the row may go and removes what goes with it, but not the row. @throws Refusal */
  readonly beforeRemove: (unit: Unit, row: Row<K>) => Promise<void>;
  /** Changes of other rows that follow from a removal. */
  readonly afterRemove?: (unit: Unit, row: Row<K>) => Promise<void>;
  /** Load balancers that serve something else when the row changes. */
  readonly loadBalancersOf: (reader: Reader, row: Row<K>) => Promise<readonly string[]>;
  readonly toWire: (reader: Reader, rows: readonly Row<K>[]) => Promise<readonly WireRecord[]>;
  /** Ids of the rows that stand in a relation to one of the values. */
  readonly related?: (
    reader: Reader,
    relation: string,
    values: readonly string[],
  ) => Promise<readonly string[]>;
  /** What rows are found by beside their own attributes, by id. */
  readonly searchTexts?: (reader: Reader, rows: readonly Row<K>[]) => Promise<ReadonlyMap<string, string>>;
  /** By id, what rows are put in order by where it is `derived`. */
  readonly sortKeys?: (
    reader: Reader,
    name: string,
    rows: readonly Row<K>[],
  ) => Promise<ReadonlyMap<string, SortKey>>;
  /** For resources that live below another one: which rows the path speaks of. @throws Refusal when it is unknown */
  readonly scope?: (reader: Reader, call: Call) => Promise<NonNullable<ListQuery<K>['where']>>;
}

export type NewBase = Pick<ResourceBase, 'id' | 'projectId' | 'createdAtMs' | 'updatedAtMs'>;

export interface Crud {
  readonly create: Handler;
  readonly show: Handler;
  readonly list: Handler;
  readonly update: Handler;
  readonly remove: Handler;
}

export function createCrud<K extends ResourceKind, C, U>(
  context: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
): Crud {
  return {
    create: (call) => create(context, descriptor, call),
    show: (call) => show(context, descriptor, call),
    list: (call) => list(context, descriptor, call),
    update: (call) => update(context, descriptor, call),
    remove: (call) => remove(context, descriptor, call),
  };
}

async function create<K extends ResourceKind, C, U>(
  context: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
  call: Call,
): Promise<Answer> {
  const wish = valueOf(descriptor.parseCreate(call.body));
  const { value, revision } = await context.store.write(async (writer) => {
    const unit = { writer, call };
    await descriptor.scope?.(writer, call);
    const row = await createRow(context, descriptor, unit, wish);
    return single(descriptor, writer, row);
  });
  return { status: 201, body: value, revision };
}

/** One create inside a unit, with the quota, rules and consequences that it has. @throws Refusal */
export async function createRow<K extends ResourceKind, C, U>(
  context: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
  unit: Unit,
  wish: C,
): Promise<Row<K>> {
  const { writer, call } = unit;
  const used = await writer.count(descriptor.kind, { projectId: call.projectId });
  refuseIf(checkQuota(quotaKeyOf[descriptor.kind], used, context.settings.quotas));
  const row = await descriptor.build(unit, wish, newBase(context, call));
  await writer.insert(descriptor.kind, row);
  await descriptor.afterInsert?.(unit, row, wish);
  await touch(descriptor, writer, row);
  return row;
}

export function newBase({ newId, nowMs }: ServiceContext, { projectId }: Call): NewBase {
  const now = nowMs();
  return { id: newId(), projectId, createdAtMs: now, updatedAtMs: now };
}

async function show<K extends ResourceKind, C, U>(
  { store }: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
  call: Call,
): Promise<Answer> {
  const { body, etag } = await store.read(async (reader) => {
    const row = await findInScope(descriptor, reader, call);
    return { body: await single(descriptor, reader, row), etag: versionTag(row) };
  });
  return { status: 200, body, etag };
}

async function list<K extends ResourceKind, C, U>(
  { store }: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
  call: Call,
): Promise<Answer> {
  const filters = valueOf(parseFilters(descriptor.filters, call.query));
  const page = valueOf(parsePageQuery(call.query));
  const sort = valueOf(parseSort(descriptor.sorts, call.query));
  const body = await store.read((reader) => listPage({ reader, descriptor, filters, page, sort, call }));
  return { status: 200, body };
}

async function update<K extends ResourceKind, C, U>(
  context: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
  call: Call,
): Promise<Answer> {
  const wish = valueOf(descriptor.parseUpdate(call.body));
  const { value, revision } = await context.store.write(async (writer) => {
    const unit = { writer, call };
    const row = await findInScope(descriptor, writer, call);
    refuseIf(checkUnchanged(row, call.ifMatch ?? null));
    const saved = await changeRow({ context, descriptor, unit }, row, wish);
    return {
      body: await single(descriptor, writer, saved),
      etag: await tagOfSaved(descriptor, unit, row.id),
    };
  });
  const { body, etag } = value;
  return { status: 200, body, revision, ...(etag === null ? {} : { etag }) };
}

/** Read back, so that it is the tag of the next read; only who minds versions is told. */
async function tagOfSaved<K extends ResourceKind, C, U>(
  { kind }: CrudDescriptor<K, C, U>,
  { writer, call }: Unit,
  id: string,
): Promise<string | null> {
  const row = (call.ifMatch ?? null) === null ? null : await writer.find(kind, id);
  return row === null ? null : versionTag(row);
}

export interface CrudStep<K extends ResourceKind, C, U> {
  readonly context: Pick<ServiceContext, 'nowMs'>;
  readonly descriptor: CrudDescriptor<K, C, U>;
  readonly unit: Unit;
}

/** One update inside a unit. @throws Refusal */
export async function changeRow<K extends ResourceKind, C, U>(
  { context, descriptor, unit }: CrudStep<K, C, U>,
  row: Row<K>,
  wish: U,
): Promise<Row<K>> {
  const { writer } = unit;
  const changed = await descriptor.change(unit, row, wish);
  const saved: Row<K> = { ...changed, updatedAtMs: context.nowMs() };
  await touch(descriptor, writer, row);
  await writer.update(descriptor.kind, saved);
  await touch(descriptor, writer, saved);
  return saved;
}

async function remove<K extends ResourceKind, C, U>(
  { store }: ServiceContext,
  descriptor: CrudDescriptor<K, C, U>,
  call: Call,
): Promise<Answer> {
  const { revision } = await store.write(async (writer) => {
    const row = await findInScope(descriptor, writer, call);
    refuseIf(checkUnchanged(row, call.ifMatch ?? null));
    await removeRow(descriptor, { writer, call }, row);
  });
  return { status: 204, body: null, revision };
}

/** One removal inside a unit. @throws Refusal, with nothing changed */
export async function removeRow<K extends ResourceKind, C, U>(
  descriptor: CrudDescriptor<K, C, U>,
  unit: Unit,
  row: Row<K>,
): Promise<void> {
  await touch(descriptor, unit.writer, row);
  await descriptor.beforeRemove(unit, row);
  await unit.writer.remove(descriptor.kind, row.id);
  await descriptor.afterRemove?.(unit, row);
}

async function touch<K extends ResourceKind, C, U>(
  { loadBalancersOf }: CrudDescriptor<K, C, U>,
  writer: Unit['writer'],
  row: Row<K>,
): Promise<void> {
  for (const id of await loadBalancersOf(writer, row)) writer.touch(id);
}

async function single<K extends ResourceKind, C, U>(
  { singular, toWire }: CrudDescriptor<K, C, U>,
  reader: Reader,
  row: Row<K>,
): Promise<WireRecord> {
  const [wire] = await toWire(reader, [row]);
  return { [singular]: wire };
}

async function findInScope<K extends ResourceKind, C, U>(
  descriptor: CrudDescriptor<K, C, U>,
  reader: Reader,
  call: Call,
): Promise<Row<K>> {
  const scope = (await descriptor.scope?.(reader, call)) ?? {};
  const id = call.params[descriptor.idParam] ?? '';
  const row = await findOwned(reader, descriptor.kind, { id, projectId: call.projectId });
  if (row === null || !isInScope(row, scope))
    throw new Refusal(notFound(descriptor.singular, id.slice(0, 64)));
  return row;
}

function isInScope(row: object, scope: object): boolean {
  return Object.entries(scope).every(([attribute, values]) => {
    return (values as readonly unknown[]).includes((row as Readonly<Record<string, unknown>>)[attribute]);
  });
}

/** Rows of other projects do not exist for the caller. */
export async function findOwned<K extends ResourceKind>(
  reader: Reader,
  kind: K,
  { id, projectId }: { readonly id: string; readonly projectId: string },
): Promise<Row<K> | null> {
  const row = await reader.find(kind, id);
  return row === null || row.projectId !== projectId ? null : row;
}

/** Finds what a body refers to. @throws Refusal 404, also when it belongs to another project */
export async function requireOwned<K extends ResourceKind>(
  unit: Unit,
  kind: K,
  id: string,
  type: string,
): Promise<Row<K>> {
  const row = await findOwned(unit.writer, kind, { id, projectId: unit.call.projectId });
  if (row === null) throw new Refusal(notFound(type, id));
  return row;
}
