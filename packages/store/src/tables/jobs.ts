import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const jobs: TableDescriptor<'job'> = {
  kind: 'job',
  table: 'jobs',
  columns: identityColumns,
  absent: () => ({ memberCheck: null }),
  uniqueRules: [uniqueId('jobs')],
  references: {},
};
