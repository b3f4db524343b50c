import { PlusOutlined } from '@ant-design/icons';
import type { CertificateWire } from '@elbow/api';
import { Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { CertificateDrawer } from '../../certificates/certificate-drawer.tsx';
import { keyTypeOf } from '../../certificates/key-type.ts';
import { useServerSearch } from '../../fields/use-server-search.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { ExpiryTag } from '../../load-balancers/expiry-tag.tsx';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { certificateSource } from '../../load-balancers/search-sources.ts';
import { formMessages } from '../texts/messages.ts';
import { namesOf } from './certificate-facts.ts';

export interface CertificateSelectProps<Value extends string | readonly string[]> {
  readonly type: 'server' | 'client';
  readonly isMultiple?: boolean;
  /** Why a certificate cannot be chosen here; null: it can. */
  readonly reasonAgainst?: (certificate: CertificateWire) => string | null;
  /** Given by the form. */
  readonly id?: string;
  readonly value?: Value;
  readonly onChange?: (value: Value) => void;
}

/** Certificates of one type with what sets them apart, and a way to add one without leaving the form. */
export function CertificateSelect<Value extends string | readonly string[]>(
  props: CertificateSelectProps<Value>,
) {
  const { type, isMultiple = false, reasonAgainst = () => null, id, value, onChange } = props;
  const t = useMessages(formMessages);
  const [isAdding, setAdding] = useState(false);
  const chosen = value === undefined || value === null ? [] : [value].flat();
  const { rows, isLoading, showSearch } = useServerSearch(certificateSource, chosen as string[], { type });
  const add = ({ id: created }: CertificateWire): void => {
    setAdding(false);
    onChange?.((isMultiple ? [...((value as readonly string[]) ?? []), created] : created) as Value);
  };
  return (
    <div className="lf-with-button">
      <Select
        showSearch={showSearch}
        loading={isLoading}
        placeholder={type === 'client' ? t.chooseAuthority : t.chooseCertificate}
        value={value as string}
        onChange={(next) => onChange?.(next as Value)}
        options={rows.map((certificate) => optionOf(certificate, reasonAgainst(certificate)))}
        optionLabelProp="short"
        {...(isMultiple ? { mode: 'multiple' as const } : {})}
        {...(id === undefined ? {} : { id })}
      />
      <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
        {t.addCertificate}
      </Button>
      {isAdding && <CertificateDrawer type={type} onClose={() => setAdding(false)} onCreated={add} />}
    </div>
  );
}

function optionOf(certificate: CertificateWire, reason: string | null) {
  return {
    value: certificate.id,
    short: <ShortLabel of={certificate} />,
    label: <CertificateOption of={certificate} reason={reason} />,
    disabled: reason !== null,
  };
}

function ShortLabel({ of }: { readonly of: CertificateWire }) {
  return (
    <span className="lf-option-line">
      {nameOf(of)} <ExpiryTag expiresAt={of.expire_time} />
    </span>
  );
}

interface CertificateOptionProps {
  readonly of: CertificateWire;
  readonly reason: string | null;
}

const mostNames = 3;

function CertificateOption({ of, reason }: CertificateOptionProps) {
  const t = useMessages(formMessages);
  const names = namesOf(of);
  const kind = keyTypeOf(of.certificate);
  const more = names.length > mostNames ? ` +${names.length - mostNames}` : '';
  return (
    <span className="lf-option">
      <span className="lf-option-line">
        {nameOf(of)} {kind !== null && <Tag>{kind}</Tag>} <ExpiryTag expiresAt={of.expire_time} />
      </span>
      <span className="lf-soft">
        {reason ??
          `${names.slice(0, mostNames).join(', ')}${more} · ${t.expiresOn(of.expire_time.slice(0, 10))}`}
      </span>
    </span>
  );
}
