import type { L7PolicyUpdateBody, ListenerWire } from '@elbow/api';
import { client } from '../api/client.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { policyMessages } from './messages.ts';
import { bodyOf, valuesOf } from './policy-values.ts';
import { readWholePolicy } from './queries.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface PolicyEditOptions {
  readonly listener: ListenerWire;
  /** Null: a new one. */
  readonly policy: WholePolicy | null;
  readonly onDone: () => void;
}

type Body = ReturnType<typeof bodyOf>;

/** Makes a policy, or changes one, but not over somebody else's change. Both sides are compared as the form would say them. */
export function usePolicyEdit({ listener, policy, onDone }: PolicyEditOptions) {
  const t = useMessages(policyMessages);
  const { field } = useMessages(shellMessages);
  const isAdvanced = listener.enhance_l7policy_enable;
  const sideOf = (one: WholePolicy | null): object => (one === null ? {} : bodyOf(valuesOf(one), isAdvanced));
  return useEdit({
    of: sideOf(policy),
    isOpenAtOnce: true,
    read: async (): Promise<Versioned<object>> => {
      if (policy === null) return { object: {}, etag: null };
      const { object, etag } = await readWholePolicy(policy.id);
      return { object: sideOf(object), etag };
    },
    call: ({ action, ...body }: Body, ifMatch) => {
      if (policy === null)
        return client.createL7Policy({ body: { l7policy: { ...body, action, listener_id: listener.id } } });
      const l7policy = body as L7PolicyUpdateBody;
      return client.updateL7Policy({ params: { l7policy_id: policy.id }, body: { l7policy }, ifMatch });
    },
    said: ({ l7policy }) => (policy === null ? t.created : t.saved)(nameOf(l7policy)),
    concerns: () => [...(policy === null ? [] : [policy.id]), listener.id],
    onDone,
    labels: {
      name: field.name,
      description: field.description,
      rules: t.ifAll,
      priority: t.form.priority,
      redirect_pool_id: t.forward.pools,
      redirect_pools_config: t.forward.pools,
      redirect_pools_sticky_session_config: t.forward.sticky,
      redirect_pools_extend_config: t.thenTitle,
      redirect_url_config: t.thenTitle,
      fixed_response_config: t.thenTitle,
      redirect_listener_id: t.toListener.listener,
    },
    words: { rules: rulesInWords },
  });
}

function rulesInWords(value: unknown): string {
  const lines = ((value ?? []) as Body['rules']).map((rule) => {
    const all = 'conditions' in rule && rule.conditions ? rule.conditions : [{ key: '', value: rule.value }];
    const values = all.map((one) => (one.key ? `${one.key}: ${one.value}` : one.value));
    return `${rule.type} ${rule.compare_type}: ${values.join(', ')}`;
  });
  return lines.length === 0 ? '–' : lines.join('\n');
}
