import type { CertificateCreateBody, CertificateUpdateBody, CertificateWire } from '@elbow/api';

/** What the forms hold; names are those of the API. */
export interface CertificateValues {
  readonly type: 'server' | 'client';
  readonly name: string;
  readonly certificate: string;
  readonly private_key: string;
  readonly domain: readonly string[];
  readonly description: string;
}

export const emptyCertificate: CertificateValues = {
  type: 'server',
  name: '',
  certificate: '',
  private_key: '',
  domain: [],
  description: '',
};

export function valuesOf(of: CertificateWire): CertificateValues {
  return {
    type: of.type,
    name: of.name,
    certificate: of.certificate,
    private_key: '',
    domain: of.domain === null ? [] : of.domain.split(','),
    description: of.description,
  };
}

export function toCreateBody(values: CertificateValues): CertificateCreateBody {
  const { type, name, certificate, description } = values;
  const shared = { type, name: name ?? '', certificate, description: description ?? '' };
  if (type === 'client') return shared;
  return { ...shared, private_key: values.private_key, domain: domainText(values) };
}

/** Only what is different: a key that was not given stays as it is. */
export function toUpdateBody(values: CertificateValues, before: CertificateWire): CertificateUpdateBody {
  const { name, certificate, description, private_key: key } = values;
  const domain = domainText(values);
  return {
    ...(name === before.name ? {} : { name }),
    ...(description === before.description ? {} : { description }),
    ...(certificate === before.certificate ? {} : { certificate }),
    ...(before.type === 'client' || !key ? {} : { private_key: key }),
    ...(before.type === 'client' || domain === (before.domain ?? '') ? {} : { domain }),
  };
}

function domainText({ domain }: CertificateValues): string {
  return (domain ?? []).map((name) => name.trim()).join(',');
}
