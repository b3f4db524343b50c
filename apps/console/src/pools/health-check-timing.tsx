import { Alert, Form, type FormInstance } from 'antd';
import { NumberField } from '../fields/number-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { formulaText, type Timing, windowText } from './health-window.ts';
import { poolMessages } from './messages.ts';
import type { MonitorValues } from './monitor-values.ts';

/** How often, how long, how many times; and what follows from that, as it is typed. */
export function HealthCheckTiming({ form }: { readonly form: FormInstance<MonitorValues> }) {
  const t = useMessages(poolMessages);
  const timing: Timing = {
    delay: Form.useWatch('delay', form) ?? null,
    timeout: Form.useWatch('timeout', form) ?? null,
    max_retries: Form.useWatch('max_retries', form) ?? null,
    max_retries_down: Form.useWatch('max_retries_down', form) ?? null,
  };
  const isLate = (timing.timeout ?? 0) >= (timing.delay ?? Number.POSITIVE_INFINITY);
  const { monitor } = t;
  return (
    <>
      <fieldset className="check-timing">
        <legend className="check-timing-legend">{monitor.timing}</legend>
        <NumberField name="delay" label={monitor.delay} min={1} max={50} unit="s" isRequired />
        <NumberField name="timeout" label={monitor.timeout} min={1} max={50} unit="s" isRequired />
        <NumberField
          name="max_retries"
          label={monitor.rise}
          min={1}
          max={10}
          unit={monitor.checks}
          isRequired
        />
        <NumberField
          name="max_retries_down"
          label={monitor.fall}
          min={1}
          max={10}
          unit={monitor.checks}
          isRequired
        />
      </fieldset>
      {isLate && <Alert type="warning" showIcon className="pool-note" title={monitor.late} />}
      <div className="check-window" role="status">
        <div>{windowText(timing, t)}</div>
        <div className="cell-sub">{formulaText(timing, t)}</div>
      </div>
    </>
  );
}
