import { App, Form } from 'antd';
import { useEffect } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { formMessages } from '../texts/messages.ts';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import { SniMatchField } from './certificate-fields.tsx';
import { useListenerForm } from './listener-form-context.ts';
import type { ListenerValues } from './listener-values.ts';
import { PolicySelect } from './policy-select.tsx';
import { hasTls13, isOutdated, usePolicies } from './security-policies.ts';
import { SwitchRow } from './switch-row.tsx';
import { useLacking } from './use-lacking.ts';
import { serverWords } from '../../server-words/server-words.ts';

/** Versions, suites, and what goes with them. */
export function SecurityFields() {
  const t = useMessages(formMessages);
  return (
    <FormSection title={t.section.security} text={t.sectionText.security}>
      <PolicyFields />
      <Http2Field />
      <SniMatchField />
    </FormSection>
  );
}

/** Versions and suites, and 0-RTT, which depends on them. */
export function PolicyFields() {
  return (
    <>
      <PolicyField />
      <EarlyDataField />
    </>
  );
}

function useChosenPolicy() {
  const value = Form.useWatch<string | undefined>('tls_ciphers_policy');
  return usePolicies().find((policy) => policy.value === value);
}

function PolicyField() {
  const { remark } = useMessages(formMessages);
  const { remarksOn } = useListenerForm();
  const policy = useChosenPolicy();
  const old = policy !== undefined && isOutdated(policy) ? [remark.outdated] : [];
  return (
    <FieldRow field="policy" name="tls_ciphers_policy" remarks={[...old, ...remarksOn('tls_ciphers_policy')]}>
      <PolicySelect />
    </FieldRow>
  );
}

/** There only with TLS 1.3; a node that cannot do it says why. */
function EarlyDataField() {
  const t = useMessages(formMessages);
  const { capabilities } = useListenerForm();
  const policy = useChosenPolicy();
  const isOn = Form.useWatch<boolean>('ssl_early_data_enable');
  const authentication = Form.useWatch<ListenerValues['authentication']>('authentication');
  useSwitchOffWithoutTls13();
  if (policy === undefined || !hasTls13(policy)) return null;
  const { early_data: isOffered, early_data_reason: reason } = capabilities;
  const remarks = isOn === true ? [t.earlyDataRisk] : [];
  return (
    <SwitchRow
      field="earlyData"
      name="ssl_early_data_enable"
      text={t.earlyDataText}
      isDisabled={!isOffered && isOn !== true}
      reason={isOffered ? null : t.notHere(serverWords(reason ?? ''))}
      remarks={isOn === true && authentication === 'mutual' ? [...remarks, t.earlyDataMutual] : remarks}
    />
  );
}

/** A policy that loses TLS 1.3 takes 0-RTT with it, and says so. */
function useSwitchOffWithoutTls13(): void {
  const { earlyDataOff } = useMessages(formMessages);
  const { message } = App.useApp();
  const form = Form.useFormInstance<ListenerValues>();
  const policy = useChosenPolicy();
  useEffect(() => {
    if (policy === undefined || hasTls13(policy) || form.getFieldValue('ssl_early_data_enable') !== true)
      return;
    form.setFieldValue('ssl_early_data_enable', false);
    void message.info(earlyDataOff);
  }, [policy, form, message, earlyDataOff]);
}

function Http2Field() {
  const t = useMessages(formMessages);
  const reason = useLacking()('http2')?.row ?? null;
  const isOn = Form.useWatch<boolean>('http2_enable');
  return (
    <SwitchRow
      field="http2"
      name="http2_enable"
      text={t.http2Text}
      isDisabled={reason !== null && isOn !== true}
      reason={reason}
    />
  );
}
