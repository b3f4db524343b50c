import type { Certificate } from './certificate.ts';
import { conflict, invalidField, type Problem } from './problem.ts';

const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const maxDomains = 100;
const maxDomainLength = 100;

/**
 * Names for SNI: up to 100, separated by commas; letters, digits and inner hyphens; `*` only as the first label.
 * @returns the reason, or null when the text is fine
 */
export function domainListProblem(text: string): string | null {
  const names = domainNames(text);
  if (names.length > maxDomains) return `must name at most ${maxDomains} domains`;
  const wrong = names.find((name) => !isDomainName(name));
  if (wrong === undefined) return null;
  // The caller's text comes back in the message, but not a megabyte of it.
  const shown = wrong.length > maxDomainLength ? `${wrong.slice(0, maxDomainLength)}…` : wrong;
  return `"${shown}" is not a domain name`;
}

export function domainNames(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.split(',');
}

function isDomainName(name: string): boolean {
  if (name.length > maxDomainLength) return false;
  const labels = name.split('.');
  const [first, ...others] = labels;
  return (first === '*' ? others.length > 0 : labels.length > 0 && isLabel(first)) && others.every(isLabel);
}

function isLabel(label: string | undefined): boolean {
  return label !== undefined && domainLabel.test(label);
}

type Named = Pick<Certificate, 'domain' | 'commonName' | 'subjectAlternativeNames'>;

/** A domain that the certificate does not hold would be shown to clients with a certificate they must refuse. */
export function checkDomainsAreCertified({
  domain,
  commonName,
  subjectAlternativeNames,
}: Named): Problem | null {
  const certified = [...new Set([...subjectAlternativeNames, commonName])].filter((name) => name !== '');
  const stranger = domainNames(domain).find((name) => !certified.some((pattern) => covers(pattern, name)));
  if (stranger === undefined) return null;
  const held = certified.length === 0 ? 'no names' : certified.join(', ');
  return invalidField(
    'certificate.domain',
    `${stranger} is not a name of the certificate, which holds ${held}`,
  );
}

/** RFC 6125 section 6.4.3: a star stands for exactly one label, the leftmost. */
function covers(pattern: string, name: string): boolean {
  const [certified, asked] = [pattern.toLowerCase(), name.toLowerCase()];
  if (certified === asked) return true;
  if (!certified.startsWith('*.') || asked.startsWith('*.')) return false;
  return asked.slice(asked.indexOf('.')) === certified.slice(1) && asked.includes('.');
}

export function checkCertificateIsUnused(id: string, listenerIds: readonly string[]): Problem | null {
  if (listenerIds.length === 0) return null;
  return conflict(`certificate ${id} is in use by listener(s) ${listenerIds.join(', ')}`);
}
