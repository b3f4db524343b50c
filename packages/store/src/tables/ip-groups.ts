import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const ipGroups: TableDescriptor<'ipGroup'> = {
  kind: 'ipGroup',
  table: 'ip_groups',
  columns: identityColumns,
  uniqueRules: [uniqueId('ip_groups')],
  references: {},
};
