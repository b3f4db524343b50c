import {
  healthMonitorFilters,
  healthMonitorSorts,
  healthMonitorToWire,
  type HealthMonitorCreate,
  type HealthMonitorUpdate,
  parseHealthMonitorCreate,
  parseHealthMonitorUpdate,
} from '@elbow/api';
import { checkExpectedCodes, checkMonitorIsNew, type HealthMonitor } from '@elbow/model';
import { type CrudDescriptor, type NewBase, requireOwned } from '../crud/crud.ts';
import { refuseIf } from '../crud/refusal.ts';
import { servingLoadBalancers } from '../crud/relations.ts';
import type { Unit } from '../crud/service-context.ts';

export function healthMonitorDescriptor(): CrudDescriptor<
  'healthMonitor',
  HealthMonitorCreate,
  HealthMonitorUpdate
> {
  return {
    kind: 'healthMonitor',
    singular: 'healthmonitor',
    plural: 'healthmonitors',
    idParam: 'healthmonitor_id',
    filters: healthMonitorFilters,
    sorts: healthMonitorSorts,
    parseCreate: parseHealthMonitorCreate,
    parseUpdate: parseHealthMonitorUpdate,
    build,
    change: async (_, row, wish) => judged({ ...row, ...wish }),
    beforeRemove: async () => {},
    loadBalancersOf: (reader, row) => servingLoadBalancers(reader, row.poolId),
    toWire: async (_, rows) => rows.map(healthMonitorToWire),
  };
}

async function build(unit: Unit, wish: HealthMonitorCreate, base: NewBase): Promise<HealthMonitor> {
  const pool = await requireOwned(unit, 'pool', wish.poolId, 'pool');
  const others = await unit.writer.list('healthMonitor', { where: { poolId: [pool.id] } });
  refuseIf(checkMonitorIsNew(pool.id, others));
  return judged({ ...base, ...wish, description: '' });
}

function judged(monitor: HealthMonitor): HealthMonitor {
  refuseIf(checkExpectedCodes(monitor));
  return monitor;
}
