import type { AnswerBodies, CertificateWire } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { aboutIds, wholeList } from '../api/whole-list.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import type { PagedListOptions } from '../shell/use-paged-list.ts';

/** For lists that are looked through page by page. */
export const certificatePages: PagedListOptions<AnswerBodies['ListCertificates'], CertificateWire> = {
  key: 'certificates',
  load: (query, signal) => client.listCertificates({ query, signal }),
  pick: (body) => body.certificates,
};

/** Listeners that use one of some certificates, in whatever role. */
export function listenersWithCertificates(ids: readonly string[]) {
  return queryOptions({
    queryKey: ['listeners', { certificate_id: ids }],
    queryFn: ({ signal }) =>
      aboutIds(ids, (some) =>
        wholeList(
          (query) => client.listListeners({ query: { ...query, certificate_id: some }, signal }),
          (body) => body.listeners,
        ),
      ),
    enabled: ids.length > 0,
    refetchInterval: freshMs,
  });
}

/** A certificate and its version, for what is changed in a form. */
export async function readCertificate(id: string): Promise<Versioned<CertificateWire>> {
  const { body, etag } = await client.showCertificate({ params: { certificate_id: id } });
  return { object: body.certificate, etag };
}

export interface InspectionWish {
  readonly type: 'server' | 'client';
  readonly certificate: string;
  readonly privateKey: string;
}

/** What is in a PEM text. Keys are not kept any longer than they are shown. */
export function inspectionOf({ type, certificate, privateKey }: InspectionWish) {
  return queryOptions({
    queryKey: ['inspection', type, certificate, privateKey],
    queryFn: async ({ signal }) => {
      const key = type === 'server' && privateKey !== '' ? { private_key: privateKey } : {};
      const body = { certificate: { type, certificate, ...key } };
      return (await client.inspectCertificate({ body, signal })).body.inspection;
    },
    enabled: certificate.trim() !== '',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
