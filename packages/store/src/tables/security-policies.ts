import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const securityPolicies: TableDescriptor<'securityPolicy'> = {
  kind: 'securityPolicy',
  table: 'security_policies',
  columns: identityColumns,
  uniqueRules: [uniqueId('security_policies')],
  references: {},
};
