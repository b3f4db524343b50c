import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../../i18n/use-messages.ts';
import { certificateList, ipGroupList } from '../../load-balancers/listener-queries.ts';
import { usePolicies } from '../form/security-policies.ts';
import { formMessages, wizardMessages } from '../texts/messages.ts';
import type { SummaryContext } from './summary-rows.ts';

export function useSummaryContext(): SummaryContext {
  return {
    certificates: useQuery(certificateList).data ?? [],
    groups: useQuery(ipGroupList).data ?? [],
    policies: usePolicies(),
    form: useMessages(formMessages),
    wizard: useMessages(wizardMessages),
  };
}
