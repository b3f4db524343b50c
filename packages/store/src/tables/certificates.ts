import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const certificates: TableDescriptor<'certificate'> = {
  kind: 'certificate',
  table: 'certificates',
  columns: identityColumns,
  uniqueRules: [uniqueId('certificates')],
  references: {},
};
