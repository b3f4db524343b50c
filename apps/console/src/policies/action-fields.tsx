import type { ListenerWire } from '@elbow/api';
import { Form, Radio } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { ExtraActions } from './extra-actions.tsx';
import { FixedFields } from './fixed-fields.tsx';
import { ForwardFields } from './forward-fields.tsx';
import { policyMessages } from './messages.ts';
import type { PolicyAction } from './policy-values.ts';
import { RedirectFields } from './redirect-fields.tsx';
import { TargetListenerField } from './target-listener-field.tsx';

export interface ActionFieldsProps {
  readonly listener: ListenerWire;
  /** The action of a policy stays what it was made with. */
  readonly isFixed: boolean;
}

const actions: readonly PolicyAction[] = [
  'REDIRECT_TO_POOL',
  'REDIRECT_TO_URL',
  'FIXED_RESPONSE',
  'REDIRECT_TO_LISTENER',
];

/** What happens to a request that fits, and what is done on the way. */
export function ActionFields({ listener, isFixed }: ActionFieldsProps) {
  const t = useMessages(policyMessages);
  const form = Form.useFormInstance();
  const action = (Form.useWatch('action', form) ?? 'REDIRECT_TO_POOL') as PolicyAction;
  const isAdvanced = listener.enhance_l7policy_enable;
  const reasonAgainst = (one: PolicyAction): string => {
    if (one === 'REDIRECT_TO_LISTENER') return listener.protocol === 'HTTP' ? '' : t.form.onlyHttp;
    return isAdvanced || one === 'REDIRECT_TO_POOL' ? '' : t.form.needsAdvanced;
  };
  return (
    <fieldset className="pol-fieldset">
      <legend>{t.thenTitle}</legend>
      <Form.Item name="action" label={t.form.action}>
        <Radio.Group
          className="pol-actions"
          options={actions.map((value) => ({
            value,
            label: t.actions[value],
            title: reasonAgainst(value),
            disabled: (isFixed && value !== action) || reasonAgainst(value) !== '',
          }))}
        />
      </Form.Item>
      {action === 'REDIRECT_TO_POOL' && (
        <ForwardFields isAdvanced={isAdvanced} protocol={listener.protocol} />
      )}
      {action === 'REDIRECT_TO_URL' && <RedirectFields listener={listener} />}
      {action === 'FIXED_RESPONSE' && <FixedFields />}
      {action === 'REDIRECT_TO_LISTENER' && <TargetListenerField listener={listener} />}
      {isAdvanced && action !== 'REDIRECT_TO_LISTENER' && (
        <ExtraActions action={action} protocol={listener.protocol} />
      )}
    </fieldset>
  );
}
