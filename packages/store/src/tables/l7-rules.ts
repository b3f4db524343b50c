import { ruleKey } from '@elbow/model';
import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const l7Rules: TableDescriptor<'l7Rule'> = {
  kind: 'l7Rule',
  table: 'l7_rules',
  columns: { ...identityColumns, policyId: 'policy_id' },
  uniqueRules: [uniqueId('l7_rules')],
  references: { policyId: 'l7Policy' },
  computed: { ruleKey: (rule) => [ruleKey(rule)] },
};
