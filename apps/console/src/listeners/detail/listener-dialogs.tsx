import type { ListenerWire } from '@elbow/api';
import { Form } from 'antd';
import { type ComponentType, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { AccessControlFields } from '../form/access-fields.tsx';
import { TimeoutFields } from '../form/behaviour-fields.tsx';
import { AuthenticationFields, SniMatchField } from '../form/certificate-fields.tsx';
import { HeaderGroups } from '../form/header-fields.tsx';
import { LimitFields } from '../form/limit-fields.tsx';
import type { ListenerValues } from '../form/listener-values.ts';
import { ProtectionFields } from '../form/note-fields.tsx';
import { PolicyFields } from '../form/security-fields.tsx';
import { isOutdated, usePolicies } from '../form/security-policies.ts';
import { SniFields } from '../form/sni-fields.tsx';
import { SwitchRow } from '../form/switch-row.tsx';
import { detailMessages, fieldMessages, formMessages } from '../texts/messages.ts';
import { FieldsDialog } from './fields-dialog.tsx';

export interface ListenerDialogProps {
  readonly of: ListenerWire;
  readonly onClose: () => void;
}

export type DialogName =
  | 'access'
  | 'sni'
  | 'certificate'
  | 'policy'
  | 'headers'
  | 'timeouts'
  | 'limits'
  | 'protection';

/** Everything that takes more than a switch or a line of text. */
export const listenerDialogs: Readonly<Record<DialogName, ComponentType<ListenerDialogProps>>> = {
  access: AccessDialog,
  sni: SniDialog,
  certificate: CertificateDialog,
  policy: PolicyDialog,
  headers: HeadersDialog,
  timeouts: TimeoutsDialog,
  limits: LimitsDialog,
  protection: ProtectionDialog,
};

function AccessDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  const [values, setValues] = useState<ListenerValues | null>(null);
  const access = values?.ipgroup ?? null;
  const isWhite = access !== null && access.type === 'white' && access.enable_ipgroup;
  return (
    <FieldsDialog
      {...props}
      title={t.accessDialog.title}
      effect={isWhite ? t.accessDialog.whitelistEffect : t.effect.access}
      onValues={setValues}
    >
      <AccessControlFields />
      <AccessSwitch />
    </FieldsDialog>
  );
}

/** Turned off, the list is kept for another day. */
function AccessSwitch() {
  const t = useMessages(detailMessages).accessDialog;
  const type = Form.useWatch<string>(['ipgroup', 'type']);
  if (type === undefined || type === 'all') return null;
  return (
    <SwitchRow field="access" label={t.enabled} name={['ipgroup', 'enable_ipgroup']} text={t.enabledText} />
  );
}

function SniDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  return (
    <FieldsDialog {...props} title={t.sniDialog.title} effect={t.effect.certificate}>
      <SniFields />
      <SniMatchField />
    </FieldsDialog>
  );
}

function CertificateDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  return (
    <FieldsDialog {...props} title={t.certificateDialog.title} effect={t.effect.certificate}>
      <AuthenticationFields />
    </FieldsDialog>
  );
}

function PolicyDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  const labels = useMessages(fieldMessages);
  const [values, setValues] = useState<ListenerValues | null>(null);
  const policies = usePolicies();
  const policyOf = (value: string | null | undefined) => policies.find((one) => one.value === value);
  const before = policyOf(props.of.security_policy_id ?? props.of.tls_ciphers_policy);
  const after = policyOf(values?.tls_ciphers_policy);
  const isLower = before !== undefined && after !== undefined && !isOutdated(before) && isOutdated(after);
  return (
    <FieldsDialog
      {...props}
      title={labels.policy}
      effect={isLower ? t.effect.lower : t.effect.tls}
      onValues={setValues}
    >
      <PolicyFields />
    </FieldsDialog>
  );
}

function HeadersDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  return (
    <FieldsDialog {...props} title={t.headersDialog.title} effect={t.effect.any}>
      <HeaderGroups />
    </FieldsDialog>
  );
}

function TimeoutsDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  const { section } = useMessages(formMessages);
  return (
    <FieldsDialog {...props} title={section.timeouts} effect={t.effect.any}>
      <TimeoutFields />
    </FieldsDialog>
  );
}

function LimitsDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  const { section } = useMessages(formMessages);
  return (
    <FieldsDialog {...props} title={section.limits} effect={t.effect.any}>
      <LimitFields />
    </FieldsDialog>
  );
}

function ProtectionDialog(props: ListenerDialogProps) {
  const t = useMessages(detailMessages);
  const labels = useMessages(fieldMessages);
  return (
    <FieldsDialog {...props} title={labels.protection} effect={t.effect.any}>
      <ProtectionFields />
    </FieldsDialog>
  );
}
