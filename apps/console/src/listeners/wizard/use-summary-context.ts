import { useByIds } from '../../api/use-by-ids.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { certificateById, ipGroupById } from '../../load-balancers/named-queries.ts';
import type { ListenerValues } from '../form/listener-values.ts';
import { usePolicies } from '../form/security-policies.ts';
import { formMessages, wizardMessages } from '../texts/messages.ts';
import type { SummaryContext } from './summary-rows.ts';

/** Names of what the values name. */
export function useSummaryContext(values: ListenerValues): SummaryContext {
  const { default_tls_container_ref: own, client_ca_tls_container_ref: authority } = values;
  const certificateIds = [own, authority, ...values.sni_container_refs].filter(
    (id) => typeof id === 'string',
  );
  return {
    certificates: useByIds(certificateById, certificateIds),
    groups: useByIds(ipGroupById, values.ipgroup.ipgroup_id),
    policies: usePolicies(),
    form: useMessages(formMessages),
    wizard: useMessages(wizardMessages),
  };
}
