import type { PoolWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { AlgorithmField } from './algorithm-field.tsx';
import { InlineForm } from './inline-form.tsx';
import { poolMessages } from './messages.ts';
import { usePoolChange } from './use-pool-change.ts';

export interface EditorProps {
  readonly of: PoolWire;
  readonly onClose: () => void;
}

interface Values {
  readonly lb_algorithm: PoolWire['lb_algorithm'];
}

/** Another algorithm, and what ends with it. */
export function AlgorithmEditor({ of, onClose }: EditorProps) {
  const { settings: t } = useMessages(poolMessages);
  const [form] = Form.useForm<Values>();
  const change = usePoolChange(of, { isOpenAtOnce: true });
  const chosen = Form.useWatch('lb_algorithm', form) ?? of.lb_algorithm;
  const stickyEnds = chosen === 'SOURCE_IP' && of.session_persistence !== null;
  const slowEnds = chosen !== 'ROUND_ROBIN' && of.slow_start?.enable === true;
  return (
    <InlineForm<Values>
      label={t.algorithm}
      form={form}
      initialValues={{ lb_algorithm: of.lb_algorithm }}
      edit={change}
      onSubmit={({ lb_algorithm }) =>
        change.run({
          lb_algorithm,
          ...(stickyEnds ? { session_persistence: null } : {}),
          ...(slowEnds ? { slow_start: null } : {}),
        })
      }
      onClose={onClose}
    >
      <AlgorithmField hasLabel={false} />
      {chosen !== of.lb_algorithm && (
        <Alert
          type="warning"
          showIcon
          className="pool-note"
          title={[
            t.clientsMove,
            ...(stickyEnds ? [t.stickyEnds] : []),
            ...(slowEnds ? [t.slowEnds] : []),
          ].join(' ')}
        />
      )}
    </InlineForm>
  );
}
