import type { Method } from '../routes.ts';

/** One call of the published API for dedicated load balancers. */
export interface PublishedCall {
  readonly method: Method;
  readonly path: string;
}

export interface PublishedGroup {
  readonly title: string;
  readonly calls: readonly PublishedCall[];
}

const e = '/v3/{project_id}/elb';
const v3 = '/v3/{project_id}';
const v2 = '/v2.0/{project_id}';

/** Every published call, in the order of the API's own reference: facts about others, so they are data. */
const groups: readonly (readonly [string, readonly (readonly [Method, string])[]])[] = [
  [
    'Versions, zones, flavors, quotas',
    [
      ['GET', '/versions'],
      ['GET', `${e}/availability-zones`],
      ['GET', `${e}/flavors`],
      ['GET', `${e}/flavors/{flavor_id}`],
      ['GET', `${e}/quotas`],
      ['GET', `${e}/quotas/details`],
    ],
  ],
  [
    'Load balancers',
    [
      ['GET', `${e}/loadbalancers`],
      ['POST', `${e}/loadbalancers`],
      ['GET', `${e}/loadbalancers/{loadbalancer_id}`],
      ['PUT', `${e}/loadbalancers/{loadbalancer_id}`],
      ['DELETE', `${e}/loadbalancers/{loadbalancer_id}`],
      ['DELETE', `${e}/loadbalancers/{loadbalancer_id}/force-elb`],
      ['GET', `${e}/loadbalancers/{loadbalancer_id}/statuses`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/delete-cascade`],
      ['GET', `${e}/loadbalancers/{loadbalancer_id}/topology`],
      ['GET', `${e}/loadbalancers/{loadbalancer_id}/local-ports`],
      ['GET', `${e}/loadbalancers/{loadbalancer_id}/features`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/availability-zone/batch-add`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/availability-zone/batch-remove`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/clone`],
      ['POST', `${e}/loadbalancers/batch-create`],
      ['POST', `${e}/loadbalancers/batch-delete`],
      ['POST', `${e}/loadbalancers/change-charge-mode`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/upgrade`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/dns/user-defined-config`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/dns/system-default-config`],
      ['GET', `${e}/loadbalancers/{loadbalancer_id}/dns/ips`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/dns/ips/batch-enable`],
      ['POST', `${e}/loadbalancers/{loadbalancer_id}/dns/ips/batch-disable`],
    ],
  ],
  [
    'Listeners',
    [
      ['GET', `${e}/listeners`],
      ['POST', `${e}/listeners`],
      ['GET', `${e}/listeners/{listener_id}`],
      ['PUT', `${e}/listeners/{listener_id}`],
      ['DELETE', `${e}/listeners/{listener_id}`],
      ['DELETE', `${e}/listeners/{listener_id}/force`],
      ['POST', `${e}/listeners/{listener_id}/clone`],
      ['POST', `${e}/listeners/batch-delete`],
    ],
  ],
  [
    'Pools',
    [
      ['GET', `${e}/pools`],
      ['POST', `${e}/pools`],
      ['GET', `${e}/pools/{pool_id}`],
      ['PUT', `${e}/pools/{pool_id}`],
      ['DELETE', `${e}/pools/{pool_id}`],
      ['DELETE', `${e}/pools/{pool_id}/delete-cascade`],
      ['POST', `${e}/pools/batch-delete`],
    ],
  ],
  [
    'Active/standby pools',
    [
      ['GET', `${e}/master-slave-pools`],
      ['POST', `${e}/master-slave-pools`],
      ['GET', `${e}/master-slave-pools/{pool_id}`],
      ['DELETE', `${e}/master-slave-pools/{pool_id}`],
    ],
  ],
  [
    'Members',
    [
      ['GET', `${e}/members`],
      ['GET', `${e}/pools/{pool_id}/members`],
      ['POST', `${e}/pools/{pool_id}/members`],
      ['GET', `${e}/pools/{pool_id}/members/{member_id}`],
      ['PUT', `${e}/pools/{pool_id}/members/{member_id}`],
      ['DELETE', `${e}/pools/{pool_id}/members/{member_id}`],
      ['POST', `${e}/pools/{pool_id}/members/batch-add`],
      ['POST', `${e}/pools/{pool_id}/members/batch-update`],
      ['POST', `${e}/pools/{pool_id}/members/batch-delete`],
      ['POST', `${e}/members/{member_id}/health-check`],
      ['GET', `${e}/members/check/jobs/{job_id}`],
    ],
  ],
  [
    'Health monitors',
    [
      ['GET', `${e}/healthmonitors`],
      ['POST', `${e}/healthmonitors`],
      ['GET', `${e}/healthmonitors/{healthmonitor_id}`],
      ['PUT', `${e}/healthmonitors/{healthmonitor_id}`],
      ['DELETE', `${e}/healthmonitors/{healthmonitor_id}`],
    ],
  ],
  [
    'L7 policies and rules',
    [
      ['GET', `${e}/l7policies`],
      ['POST', `${e}/l7policies`],
      ['GET', `${e}/l7policies/{l7policy_id}`],
      ['PUT', `${e}/l7policies/{l7policy_id}`],
      ['DELETE', `${e}/l7policies/{l7policy_id}`],
      ['POST', `${e}/l7policies/batch-update-priority`],
      ['GET', `${e}/l7policies/rules`],
      ['GET', `${e}/l7policies/{l7policy_id}/rules`],
      ['POST', `${e}/l7policies/{l7policy_id}/rules`],
      ['GET', `${e}/l7policies/{l7policy_id}/rules/{l7rule_id}`],
      ['PUT', `${e}/l7policies/{l7policy_id}/rules/{l7rule_id}`],
      ['DELETE', `${e}/l7policies/{l7policy_id}/rules/{l7rule_id}`],
    ],
  ],
  [
    'Certificates',
    [
      ['GET', `${e}/certificates`],
      ['POST', `${e}/certificates`],
      ['GET', `${e}/certificates/{certificate_id}`],
      ['PUT', `${e}/certificates/{certificate_id}`],
      ['DELETE', `${e}/certificates/{certificate_id}`],
      ['POST', `${e}/certificates/batch-delete`],
      ['GET', `${e}/certificates/settings/private-key-echo`],
      ['POST', `${e}/certificates/settings/private-key-echo`],
    ],
  ],
  [
    'IP groups',
    [
      ['GET', `${e}/ipgroups`],
      ['POST', `${e}/ipgroups`],
      ['GET', `${e}/ipgroups/{ipgroup_id}`],
      ['PUT', `${e}/ipgroups/{ipgroup_id}`],
      ['DELETE', `${e}/ipgroups/{ipgroup_id}`],
      ['POST', `${e}/ipgroups/{ipgroup_id}/iplist/create-or-update`],
      ['POST', `${e}/ipgroups/{ipgroup_id}/iplist/batch-delete`],
      ['GET', `${e}/ipgroups/{ipgroup_id}/related-listeners`],
    ],
  ],
  [
    'Security policies',
    [
      ['GET', `${e}/security-policies`],
      ['POST', `${e}/security-policies`],
      ['GET', `${e}/security-policies/{security_policy_id}`],
      ['PUT', `${e}/security-policies/{security_policy_id}`],
      ['DELETE', `${e}/security-policies/{security_policy_id}`],
      ['GET', `${e}/system-security-policies`],
    ],
  ],
  [
    'Logs',
    [
      ['GET', `${e}/logtanks`],
      ['POST', `${e}/logtanks`],
      ['GET', `${e}/logtanks/{logtank_id}`],
      ['PUT', `${e}/logtanks/{logtank_id}`],
      ['DELETE', `${e}/logtanks/{logtank_id}`],
    ],
  ],
  [
    'Jobs, features, preoccupied addresses',
    [
      ['GET', `${e}/jobs`],
      ['GET', `${e}/jobs/{job_id}`],
      ['GET', `${e}/feature/configs`],
      ['GET', `${e}/preoccupy-ip-num`],
    ],
  ],
  [
    'Recycle bin',
    [
      ['GET', `${e}/recycle-bin`],
      ['PUT', `${e}/recycle-bin`],
      ['PUT', `${e}/recycle-bin/policy`],
      ['GET', `${e}/recycle-bin/loadbalancers`],
      ['DELETE', `${e}/recycle-bin/loadbalancers/{loadbalancer_id}`],
      ['PUT', `${e}/recycle-bin/loadbalancers/{loadbalancer_id}/recover`],
    ],
  ],
  [
    'Tags',
    [
      ['GET', `${v3}/loadbalancers/tags`],
      ['GET', `${v3}/loadbalancers/{loadbalancer_id}/tags`],
      ['POST', `${v3}/loadbalancers/{loadbalancer_id}/tags/action`],
      ['GET', `${v3}/listeners/tags`],
      ['GET', `${v3}/listeners/{listener_id}/tags`],
      ['POST', `${v3}/listeners/{listener_id}/tags/action`],
    ],
  ],
  [
    'Tags, v2.0',
    [
      ['POST', `${v2}/loadbalancers/{loadbalancer_id}/tags/action`],
      ['GET', `${v2}/loadbalancers/{loadbalancer_id}/tags`],
      ['POST', `${v2}/loadbalancers/{loadbalancer_id}/tags`],
      ['DELETE', `${v2}/loadbalancers/{loadbalancer_id}/tags/{key}`],
      ['GET', `${v2}/loadbalancers/tags`],
      ['POST', `${v2}/loadbalancers/resource_instances/action`],
      ['POST', `${v2}/listeners/{listener_id}/tags/action`],
      ['GET', `${v2}/listeners/{listener_id}/tags`],
      ['POST', `${v2}/listeners/{listener_id}/tags`],
      ['DELETE', `${v2}/listeners/{listener_id}/tags/{key}`],
      ['GET', `${v2}/listeners/tags`],
      ['POST', `${v2}/listeners/resource_instances/action`],
    ],
  ],
];

export const publishedCalls: readonly PublishedGroup[] = groups.map(([title, calls]) => ({
  title,
  calls: calls.map(([method, path]) => ({ method, path })),
}));
