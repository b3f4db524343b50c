import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';

export const poolList = queryOptions({
  queryKey: ['pools'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listPools({ query, signal }),
      (body) => body.pools,
    ),
});

export const certificateList = queryOptions({
  queryKey: ['certificates'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listCertificates({ query, signal }),
      (body) => body.certificates,
    ),
});

export const ipGroupList = queryOptions({
  queryKey: ['ipgroups'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listIpGroups({ query, signal }),
      (body) => body.ipgroups,
    ),
});

export const policyList = queryOptions({
  queryKey: ['l7policies'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listL7Policies({ query, signal }),
      (body) => body.l7policies,
    ),
});
