import { parsePrivateKeyEcho, privateKeyEcho } from '@elbow/api';
import { listFeatureConfigs, listLoadBalancerFeatures } from './features.ts';
import { inapplicableHandlers } from '../inapplicable.ts';
import { listJobs, showJob } from '../work/jobs.ts';
import { countPreoccupied, listLocalPorts } from './local-ports.ts';
import { createLogTank, deleteLogTank, listLogTanks, showLogTank, updateLogTank } from './log-tanks.ts';
import {
  changeRecycleBinPolicy,
  destroyRecycled,
  listRecycled,
  recoverRecycled,
  showRecycleBin,
  switchRecycleBin,
} from '../work/recycle-bin.ts';
import { valueOf } from '../crud/refusal.ts';
import type { Call, Handler, ServiceContext } from '../crud/service-context.ts';
import { listStandbyPools, noStandbyPool } from '../pools/standby-pools.ts';
import { showTopology } from './topology.ts';

/** Calls about what happened and what there is, and those that can only be answered with a reason. */
export function surveyHandlers(context: ServiceContext) {
  return {
    ...inapplicableHandlers,
    ListMasterSlavePools: listStandbyPools,
    ShowMasterSlavePool: noStandbyPool,
    DeleteMasterSlavePool: noStandbyPool,
    ShowLoadBalancerTopology: (call) => showTopology(context, call),
    ShowLoadBalancerPorts: (call) => listLocalPorts(context, call),
    ListLoadbalancerFeature: (call) => listLoadBalancerFeatures(context, call),
    ListFeatureConfigs: (call) => listFeatureConfigs(context, call),
    CountPreoccupyIpNum: (call) => countPreoccupied(context, call),
    ListJobs: (call) => listJobs(context, call),
    ShowJob: (call) => showJob(context, call),
    ListLogtanks: (call) => listLogTanks(context, call),
    CreateLogtank: (call) => createLogTank(context, call),
    ShowLogtank: (call) => showLogTank(context, call),
    UpdateLogtank: (call) => updateLogTank(context, call),
    DeleteLogtank: (call) => deleteLogTank(context, call),
    ...recycleBinHandlers(context),
    ShowCertificatePrivateKeyEcho: async () => ({ status: 200, body: privateKeyEcho }),
    CreateCertificatePrivateKeyEcho: async ({ body }: Call) => ({
      status: 201,
      body: valueOf(parsePrivateKeyEcho(body)),
    }),
  } satisfies Readonly<Record<string, Handler>>;
}

function recycleBinHandlers(context: ServiceContext) {
  return {
    ShowRecycleBin: (call) => showRecycleBin(context, call),
    UpdateRecycleBinEnable: (call) => switchRecycleBin(context, call),
    UpdateRecycleBinPolicy: (call) => changeRecycleBinPolicy(context, call),
    ListRecycleBinLoadBalancers: (call) => listRecycled(context, call),
    DeleteRecycleLoadBalancer: (call) => destroyRecycled(context, call),
    RestoreLoadbalancer: (call) => recoverRecycled(context, call),
  } satisfies Readonly<Record<string, Handler>>;
}
