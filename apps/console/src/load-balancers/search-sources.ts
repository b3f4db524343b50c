import type { CertificateWire, IpGroupWire, LoadBalancerWire, PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import type { SearchSource } from '../fields/use-server-search.ts';
import { certificateById, ipGroupById, loadBalancerById, poolById } from './named-queries.ts';

// What selects choose from, looked through by the server.

export const loadBalancerSource: SearchSource<LoadBalancerWire> = {
  key: 'loadbalancers',
  load: async (query, signal) => (await client.listLoadBalancers({ query, signal })).body.loadbalancers,
  byId: loadBalancerById,
};

export const poolSource: SearchSource<PoolWire> = {
  key: 'pools',
  load: async (query, signal) => (await client.listPools({ query, signal })).body.pools,
  byId: poolById,
};

export const certificateSource: SearchSource<CertificateWire> = {
  key: 'certificates',
  load: async (query, signal) => (await client.listCertificates({ query, signal })).body.certificates,
  byId: certificateById,
};

/** Without their entries. */
export const ipGroupSource: SearchSource<IpGroupWire> = {
  key: 'ipgroups',
  load: async (query, signal) => {
    const { body } = await client.listIpGroups({ query: { ...query, with_ip_list: false }, signal });
    return body.ipgroups;
  },
  byId: ipGroupById,
};
