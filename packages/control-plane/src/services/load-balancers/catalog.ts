import {
  availabilityZonesToWire,
  cutPage,
  flavorToWire,
  pageInfo,
  parsePageQuery,
  quotaDetailsToWire,
  quotaToWire,
  systemSecurityPoliciesToWire,
  selectFlavors,
  versions,
} from '@elbow/api';
import {
  flavorById,
  invalidField,
  notFound,
  type QuotaKey,
  quotaKeyOf,
  type ResourceKind,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import { knownZones } from './load-balancers.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** What exists without anybody having made it. */
export async function listVersions(): Promise<Answer> {
  return ok({ versions });
}

export async function listAvailabilityZones(context: ServiceContext): Promise<Answer> {
  return ok({ availability_zones: availabilityZonesToWire(knownZones(context)) });
}

export async function listFlavors(call: Call): Promise<Answer> {
  const page = valueOf(parsePageQuery(call.query));
  const cut = cutPage(selectFlavors(call.query), page);
  if (cut === null) throw new Refusal(invalidField('marker', 'is not the id of a flavor of this list'));
  const ids = cut.page.map(({ id }) => id);
  const flavors = cut.page.map((flavor) => flavorToWire(flavor, call.projectId));
  return ok({ flavors, page_info: pageInfo(ids, page, cut.hasMoreBehind) });
}

export async function showFlavor({ params, projectId }: Call): Promise<Answer> {
  const id = params['flavor_id'] ?? '';
  const flavor = flavorById(id);
  if (flavor === null) throw new Refusal(notFound('flavor', id.slice(0, 64)));
  return ok({ flavor: flavorToWire(flavor, projectId) });
}

export async function listSystemSecurityPolicies({ projectId }: Call): Promise<Answer> {
  return ok({ system_security_policies: systemSecurityPoliciesToWire(projectId) });
}

export async function showQuota({ settings }: ServiceContext, { projectId }: Call): Promise<Answer> {
  return ok({ quota: quotaToWire(settings.quotas, projectId) });
}

export async function listQuotaDetails({ store, settings }: ServiceContext, call: Call): Promise<Answer> {
  const used = await store.read((reader) => usedQuotas(reader, call.projectId));
  return ok({ quotas: quotaDetailsToWire(settings.quotas, used, call.query.getAll('quota_key')) });
}

async function usedQuotas(reader: Reader, projectId: string): Promise<Partial<Record<QuotaKey, number>>> {
  const used: Partial<Record<QuotaKey, number>> = {};
  for (const [kind, key] of Object.entries(quotaKeyOf) as [ResourceKind, QuotaKey][]) {
    used[key] = await reader.count(kind, { projectId });
  }
  return used;
}

function ok(body: Answer['body']): Answer {
  return { status: 200, body };
}
