import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';

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
