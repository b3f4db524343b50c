import { readFileSync } from 'node:fs';
import type { LoadBalancerTree } from '@elbow/compiler';
import type { HttpListener, HttpsListener, LoadBalancer, Member } from '@elbow/model';

/** Trees that the compiler's own cases are about: rows that are valid as they are. */
const testdata = new URL('../../../../compiler/testdata/', import.meta.url);
const tree = readTree('https-two-members');
const [httpsListener] = tree.listeners as readonly HttpsListener[];
const [httpListener] = readTree('http-without-pool').listeners as readonly HttpListener[];

/** An HTTPS listener, its certificate, and a pool of two members. */
export function sampleTree(changes: Partial<LoadBalancerTree> = {}): LoadBalancerTree {
  return { ...tree, ...changes };
}

export function sampleLoadBalancer(changes: Partial<LoadBalancer> = {}): LoadBalancer {
  return { ...tree.loadBalancer, ...changes };
}

/** With the pool of the sample tree. */
export function sampleHttpListener(changes: Partial<HttpListener> = {}): HttpListener {
  return { ...httpListener!, defaultPoolId: httpsListener!.defaultPoolId, ...changes };
}

export function sampleHttpsListener(changes: Partial<HttpsListener> = {}): HttpsListener {
  return { ...httpsListener!, ...changes };
}

/** The first member of the sample tree. */
export function sampleMember(changes: Partial<Member> = {}): Member {
  return { ...tree.members[0]!, ...changes };
}

function readTree(name: string): LoadBalancerTree {
  return JSON.parse(readFileSync(new URL(`${name}.in.json`, testdata), 'utf8'));
}
