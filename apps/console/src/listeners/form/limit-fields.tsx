import { useQuery } from '@tanstack/react-query';
import { Form, InputNumber, Radio } from 'antd';
import { useFormat } from '../../i18n/format.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { flavorList } from '../../load-balancers/queries.ts';
import { fieldMessages, formMessages } from '../texts/messages.ts';
import { FormSection } from './form-section.tsx';
import { useListenerForm } from './listener-form-context.ts';
import { Remarks } from './remarks.tsx';
import { isTaken } from './server-judge.ts';
import { useLacking } from './use-lacking.ts';

/** How much one node takes. */
export function LimitFields() {
  const t = useMessages(formMessages);
  return (
    <FormSection title={t.section.limits} text={t.sectionText.limits}>
      <LimitField field="newConnections" name="cps" flag="isCpsLimited" feature="cps_limit" />
      <LimitField
        field="connections"
        name="connection"
        flag="isConnectionLimited"
        feature="connection_limit"
      />
    </FormSection>
  );
}

interface LimitFieldProps {
  readonly field: 'newConnections' | 'connections';
  readonly name: 'cps' | 'connection';
  readonly flag: 'isCpsLimited' | 'isConnectionLimited';
  readonly feature: 'cps_limit' | 'connection_limit';
}

function LimitField({ field, name, flag, feature }: LimitFieldProps) {
  const t = useMessages(formMessages);
  const reason = useLacking()(feature)?.row ?? null;
  const label = useMessages(fieldMessages)[field];
  const isLimited = Form.useWatch<boolean>(flag);
  const options = [
    { value: false, label: t.unlimited },
    { value: true, label: t.limited },
  ];
  return (
    <div className="lf-row" data-field={field}>
      <Form.Item label={label} name={flag}>
        <Radio.Group options={options} aria-label={label} disabled={reason !== null} />
      </Form.Item>
      {reason !== null && <div className="lf-reason">{reason}</div>}
      {isLimited === true && <LimitNumber field={field} name={name} />}
    </div>
  );
}

function LimitNumber({ field, name }: Pick<LimitFieldProps, 'field' | 'name'>) {
  const t = useMessages(formMessages);
  const label = useMessages(fieldMessages)[field];
  const format = useFormat();
  const limit = Form.useWatch<number | null>(name);
  const most = useFlavorCap(name);
  // Nought would be no limit at all, which is the other choice.
  const judge = async (_: unknown, value: number | null): Promise<void> => {
    if (value === null || value === 0 || !isTaken('listener', [name], value))
      throw new Error(t.complaint.limit);
  };
  const isAbove = most !== null && typeof limit === 'number' && limit > most;
  return (
    <>
      <Form.Item name={name} rules={[{ validator: judge }]} validateTrigger={['onBlur', 'onChange']}>
        <InputNumber
          className="number-field"
          controls={false}
          aria-label={t.limitOf(label)}
          suffix={name === 'cps' ? t.perSecond : t.atATime}
        />
      </Form.Item>
      <Remarks of={isAbove ? [t.aboveFlavor(format.number(most))] : []} />
    </>
  );
}

/** What the specification of the load balancer allows; null: it has none. */
function useFlavorCap(name: 'cps' | 'connection'): number | null {
  const { loadBalancer } = useListenerForm();
  const protocol = Form.useWatch<string>('protocol', { preserve: true });
  const flavor = (useQuery(flavorList).data ?? []).find(({ id }) => id === loadBalancer.l7_flavor_id);
  if (flavor === undefined) return null;
  const { connection, cps, https_cps: secure } = flavor.info;
  if (name === 'connection') return connection;
  return protocol === 'HTTPS' && secure !== undefined ? secure : cps;
}
