/** Calls about what happened and what there is: jobs, logs, features, the recycle bin. */
const e = '/v3/{project_id}/elb';
const lb = `${e}/loadbalancers/{loadbalancer_id}` as const;
const bin = `${e}/recycle-bin` as const;
const binned = `${bin}/loadbalancers/{loadbalancer_id}` as const;

export const surveyRows = [
  ['GET', `${lb}/topology`, 'ShowLoadBalancerTopology', 'loadbalancer', 'reader'],
  ['GET', `${lb}/local-ports`, 'ShowLoadBalancerPorts', 'loadbalancer', 'reader'],
  ['GET', `${lb}/features`, 'ListLoadbalancerFeature', 'loadbalancer', 'reader'],
  ['GET', `${e}/feature/configs`, 'ListFeatureConfigs', 'feature', 'reader'],
  ['GET', `${e}/preoccupy-ip-num`, 'CountPreoccupyIpNum', 'catalog', 'reader'],
  ['GET', `${e}/jobs`, 'ListJobs', 'job', 'reader'],
  ['GET', `${e}/jobs/{job_id}`, 'ShowJob', 'job', 'reader'],

  ['GET', `${e}/logtanks`, 'ListLogtanks', 'logtank', 'reader'],
  ['POST', `${e}/logtanks`, 'CreateLogtank', 'logtank', 'editor'],
  ['GET', `${e}/logtanks/{logtank_id}`, 'ShowLogtank', 'logtank', 'reader'],
  ['PUT', `${e}/logtanks/{logtank_id}`, 'UpdateLogtank', 'logtank', 'editor'],
  ['DELETE', `${e}/logtanks/{logtank_id}`, 'DeleteLogtank', 'logtank', 'editor'],

  ['GET', bin, 'ShowRecycleBin', 'recycle_bin', 'reader'],
  ['PUT', bin, 'UpdateRecycleBinEnable', 'recycle_bin', 'editor'],
  ['PUT', `${bin}/policy`, 'UpdateRecycleBinPolicy', 'recycle_bin', 'editor'],
  ['GET', `${bin}/loadbalancers`, 'ListRecycleBinLoadBalancers', 'recycle_bin', 'reader'],
  ['DELETE', binned, 'DeleteRecycleLoadBalancer', 'recycle_bin', 'editor'],
  ['PUT', `${binned}/recover`, 'RestoreLoadbalancer', 'recycle_bin', 'editor'],

  [
    'GET',
    `${e}/certificates/settings/private-key-echo`,
    'ShowCertificatePrivateKeyEcho',
    'certificate',
    'reader',
  ],
  [
    'POST',
    `${e}/certificates/settings/private-key-echo`,
    'CreateCertificatePrivateKeyEcho',
    'certificate',
    'editor',
  ],
] as const;

/** Calls that can only be answered with the reason why not. */
export const inapplicableRows = [
  ['GET', `${e}/master-slave-pools`, 'ListMasterSlavePools', 'pool', 'reader'],
  ['POST', `${e}/master-slave-pools`, 'CreateMasterSlavePool', 'pool', 'editor'],
  ['GET', `${e}/master-slave-pools/{pool_id}`, 'ShowMasterSlavePool', 'pool', 'reader'],
  ['DELETE', `${e}/master-slave-pools/{pool_id}`, 'DeleteMasterSlavePool', 'pool', 'editor'],
  ['POST', `${e}/loadbalancers/change-charge-mode`, 'ChangeLoadbalancerChargeMode', 'loadbalancer', 'editor'],
  ['POST', `${lb}/upgrade`, 'UpgradeLoadbalancer', 'loadbalancer', 'editor'],
  ['POST', `${lb}/dns/user-defined-config`, 'UpdateUserDefinedDomainConfig', 'loadbalancer', 'editor'],
  ['POST', `${lb}/dns/system-default-config`, 'UpdateSystemDefaultDomainConfig', 'loadbalancer', 'editor'],
  ['GET', `${lb}/dns/ips`, 'ListDomainIPs', 'loadbalancer', 'reader'],
  ['POST', `${lb}/dns/ips/batch-enable`, 'BatchEnableDomainIPs', 'loadbalancer', 'editor'],
  ['POST', `${lb}/dns/ips/batch-disable`, 'BatchDisableDomainIPs', 'loadbalancer', 'editor'],
] as const;
