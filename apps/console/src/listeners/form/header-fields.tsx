import { Form, Input, Segmented, Switch } from 'antd';
import { useId } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { fieldMessages, formMessages } from '../texts/messages.ts';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import {
  groupsFor,
  type HeaderGroup,
  headerGroups,
  headerModes,
  type HeaderName,
  type HeaderRow,
  modeKey,
} from './header-rows.ts';
import { useListenerForm } from './listener-form-context.ts';
import type { ListenerValues } from './listener-values.ts';
import { Remarks } from './remarks.tsx';

/** What requests tell backend servers. */
export function HeaderFields() {
  const t = useMessages(formMessages);
  return (
    <FormSection title={t.section.headers} text={t.sectionText.headers}>
      <HeaderGroups />
    </FormSection>
  );
}

export function HeaderGroups() {
  const protocol = Form.useWatch<string>('protocol', { preserve: true });
  const authentication = Form.useWatch<ListenerValues['authentication']>('authentication', {
    preserve: true,
  });
  return groupsFor(protocol ?? 'HTTPS', authentication ?? 'oneWay').map((group) => (
    <HeaderGroupFields key={group} group={group} />
  ));
}

function HeaderGroupFields({ group }: { readonly group: HeaderGroup }) {
  const label = useMessages(fieldMessages)[group];
  return (
    <fieldset className="header-group" data-field={group}>
      <legend>{label}</legend>
      {group === 'headersClient' && <ModeField />}
      {headerGroups[group].map((row) => (
        <HeaderField key={row.key} row={row} />
      ))}
    </fieldset>
  );
}

function ModeField() {
  const t = useMessages(formMessages);
  const label = useMessages(fieldMessages).forwardedFor;
  const mode = Form.useWatch<string>(['insert_headers', modeKey]);
  const options = headerModes.map((value) => ({ value, label: t.forwardedFor[value] }));
  return (
    <FieldRow
      field="forwardedFor"
      name={['insert_headers', modeKey]}
      remarks={mode === undefined || mode === 'append' ? [] : [t.forwardedForNote]}
    >
      <Segmented options={options} aria-label={label} />
    </FieldRow>
  );
}

function HeaderField({ row }: { readonly row: HeaderRow }) {
  const t = useMessages(formMessages);
  const { loadBalancer } = useListenerForm();
  const id = useId();
  const isOn = Form.useWatch<boolean>(['insert_headers', row.key]);
  const needsAddress =
    row.name === 'X-Forwarded-ELB-IP' && isOn === true && loadBalancer.publicips.length === 0;
  return (
    <div className="header-row">
      <Form.Item name={['insert_headers', row.key]} valuePropName="checked" noStyle>
        <Switch size="small" aria-labelledby={id} />
      </Form.Item>
      <div className="header-name">
        <span id={id}>
          <code>{row.name}</code> <span className="lf-soft">{t.header[row.name]}</span>
        </span>
        {row.alias !== null && isOn === true && <AliasField name={row.name} alias={row.alias} />}
        <Remarks of={needsAddress ? [t.noPublicAddress] : []} />
      </div>
    </div>
  );
}

const aliasPattern = /^[a-z0-9_-]{1,40}$/;

function AliasField({ name, alias }: { readonly name: HeaderName; readonly alias: string }) {
  const t = useMessages(formMessages);
  return (
    <Form.Item
      name={['insert_headers', alias]}
      rules={[{ pattern: aliasPattern, message: t.complaint.alias }]}
      className="header-alias"
    >
      <Input
        size="small"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        placeholder={t.customNameHint}
        aria-label={t.customName(name)}
      />
    </Form.Item>
  );
}
