import type { Listener } from '@elbow/model';
import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const listeners: TableDescriptor<'listener'> = {
  kind: 'listener',
  table: 'listeners',
  columns: {
    ...identityColumns,
    loadBalancerId: 'load_balancer_id',
    port: 'port',
    defaultPoolId: 'default_pool_id',
    certificateId: 'certificate_id',
  },
  optional: ['certificateId'],
  absent: ({ protocol }) => ({
    accessControl: null,
    isCompressionEnabled: false,
    ...(protocol === 'HTTPS' ? { isEarlyDataEnabled: false } : {}),
  }),
  derived: { port_space: (row) => PORT_SPACES[row.protocol] },
  uniqueRules: [
    uniqueId('listeners'),
    {
      constraint: 'listeners_port',
      columns: ['load_balancer_id', 'port_space', 'port'],
      name: 'listener.port',
    },
  ],
  references: { loadBalancerId: 'loadBalancer', defaultPoolId: 'pool', certificateId: 'certificate' },
};

/** Listeners share a port number when their transports differ; a protocol over UDP gets a space of its own. */
const PORT_SPACES: Readonly<Record<Listener['protocol'], string>> = { HTTP: 'tcp', HTTPS: 'tcp' };
