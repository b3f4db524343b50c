import {
  expectStatus,
  makeAuthority,
  type CertificateFiles,
  type Elbow,
  type WireResource,
} from '@elbow/testkit';

/** Stores a server certificate; its domain makes it one for SNI. */
export function storeServer(
  elbow: Elbow,
  { certificatePem, keyPem }: CertificateFiles,
  domain?: string,
): Promise<WireResource> {
  const pem = { certificate: certificatePem, private_key: keyPem };
  return elbow.api.create('certificate', {
    type: 'server',
    ...pem,
    ...(domain === undefined ? {} : { domain }),
  });
}

/** Stores authorities whose clients may come in. */
export function storeAuthorities(elbow: Elbow, ...pems: readonly string[]): Promise<WireResource> {
  return elbow.api.create('certificate', { type: 'client', certificate: pems.join('') });
}

/** Changes a listener and waits until every worker serves it. */
export async function changeListener(elbow: Elbow, id: string, fields: object): Promise<void> {
  const answer = await elbow.api.call('PUT', `listeners/${id}`, { listener: fields });
  expectStatus(answer, 200);
  if (answer.headers['x-elbow-live'] === 'pending') throw new Error(`not live: ${answer.text}`);
}

let rsa: ReturnType<typeof makeAuthority> | undefined;

/** One that signs with RSA, for clients that know nothing else. */
export function rsaAuthority(): ReturnType<typeof makeAuthority> {
  rsa ??= makeAuthority('rsa', 'rsa');
  return rsa;
}
