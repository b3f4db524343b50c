import type { PoolCreateBody, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { DescriptionField } from '../fields/description-field.tsx';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SelectField } from '../fields/select-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useServerSearch } from '../fields/use-server-search.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { subnetList } from '../load-balancers/queries.ts';
import { loadBalancerSource } from '../load-balancers/search-sources.ts';
import { shellMessages } from '../shell/messages.ts';
import { AlgorithmField } from './algorithm-field.tsx';
import { poolMessages } from './messages.ts';

export interface PoolDrawerProps {
  /** Chosen beforehand. */
  readonly loadBalancerId?: string;
  readonly onCreated: (pool: PoolWire) => void;
  readonly onClose: () => void;
}

interface Values extends PoolCreateBody {
  readonly type: 'ip' | 'instance' | '';
}

/** Makes a group; servers and health check follow on its page. */
export function PoolDrawer({ loadBalancerId, onCreated, onClose }: PoolDrawerProps) {
  const t = useMessages(poolMessages);
  const { field } = useMessages(shellMessages);
  const [form] = Form.useForm<Values>();
  const create = useWrite({
    call: (values: Values) => client.createPool({ body: { pool: toBody(values) } }),
    said: (_, { pool }) => t.created(nameOf(pool)),
    concerns: (_, { pool }) => [pool.id],
    onDone: ({ pool }) => onCreated(pool),
  });
  return (
    <FormDrawer
      title={t.create}
      submitLabel={t.create}
      form={form}
      initialValues={{
        type: 'ip',
        protocol: 'HTTP',
        lb_algorithm: 'ROUND_ROBIN',
        ...(loadBalancerId === undefined ? {} : { loadbalancer_id: loadBalancerId }),
      }}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={(values) => void create.run(values)}
      onClose={onClose}
    >
      <TextField name="name" label={field.name} rules={[{ max: 255 }]} placeholder="server-group-web" />
      <PlaceFields />
      <ChoiceField
        name="protocol"
        label={t.form.protocol}
        help={t.form.protocolHelp}
        choices={(['HTTP', 'HTTPS', 'GRPC'] as const).map((value) => ({ value, label: value }))}
      />
      <AlgorithmField />
      <SwitchField
        name="member_deletion_protection_enable"
        label={t.form.removalProtection}
        help={t.settings.removalHelp}
      />
      <DescriptionField />
    </FormDrawer>
  );
}

/** Whom the group belongs to, and what its servers may be. */
function PlaceFields() {
  const { form: t, types } = useMessages(poolMessages);
  const subnets = useQuery(subnetList).data ?? [];
  const vpcs = [...new Set(subnets.map(({ vpc_id: id }) => id))];
  const type = Form.useWatch<string>('type');
  const owner = Form.useWatch<string | undefined>('loadbalancer_id');
  const { rows, ...search } = useServerSearch(loadBalancerSource, owner === undefined ? [] : [owner]);
  return (
    <>
      <SelectField
        name="loadbalancer_id"
        label={t.loadBalancer}
        help={t.loadBalancerHelp}
        choices={rows.map((one) => ({ value: one.id, label: nameOf(one) }))}
        {...search}
        isClearable
        placeholder={t.later}
      />
      <ChoiceField
        name="type"
        label={t.type}
        choices={[
          { value: 'ip', label: types.ip },
          { value: 'instance', label: types.instance },
          { value: '', label: types.any, disabled: owner === undefined },
        ]}
      />
      {type === 'instance' && (
        <SelectField
          name="vpc_id"
          label={t.vpc}
          isRequired
          choices={vpcs.map((value) => ({ value, label: value }))}
        />
      )}
    </>
  );
}

/** What was left empty is not said at all: the server has a default for it. */
function toBody(values: Values): PoolCreateBody {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(said) as unknown as PoolCreateBody;
}
