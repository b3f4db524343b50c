import { useQueryClient } from '@tanstack/react-query';
import { Form, Tag } from 'antd';
import { useByIds } from '../../api/use-by-ids.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { certificateById } from '../../load-balancers/named-queries.ts';
import { helpMessages, formMessages } from '../texts/messages.ts';
import { domainsOf, sniClash } from './certificate-facts.ts';
import { CertificateSelect } from './certificate-select.tsx';
import { FieldRow } from './field-row.tsx';
import { useListenerForm } from './listener-form-context.ts';
import { SwitchRow } from './switch-row.tsx';

const mostCertificates = 50;
const mostDomains = 200;

/** Certificates for names that clients ask for. */
export function SniFields() {
  const { sni } = useMessages(helpMessages);
  const isOn = Form.useWatch<boolean>('isSniOn');
  return (
    <>
      <SwitchRow field="sni" name="isSniOn" text={sni.what} />
      {isOn === true && <SniCertificatesField />}
    </>
  );
}

export function SniCertificatesField() {
  const t = useMessages(formMessages);
  const { remarksOn } = useListenerForm();
  const chosenIds = Form.useWatch<readonly string[] | undefined>('sni_container_refs') ?? [];
  const chosen = useByIds(certificateById, chosenIds);
  const domains = [...new Set(chosen.flatMap(domainsOf))];
  return (
    <FieldRow
      field="sniCertificates"
      name="sni_container_refs"
      rules={[{ validator: useSniRule() }]}
      remarks={remarksOn('sni_container_refs')}
      help={
        <span className="sni-help">
          <span>{t.counter(domains.length, chosenIds.length)}</span>
          {domains.slice(0, 12).map((domain) => (
            <Tag key={domain}>{domain}</Tag>
          ))}
        </span>
      }
    >
      <CertificateSelect
        type="server"
        isMultiple
        reasonAgainst={(certificate) => (domainsOf(certificate).length === 0 ? t.noDomain : null)}
      />
    </FieldRow>
  );
}

/** At least one, not too many, each with domains, and no domain on two that could not be told apart. */
export function useSniRule() {
  const { complaint } = useMessages(formMessages);
  const cache = useQueryClient();
  return async (_: unknown, ids: readonly string[] = []): Promise<void> => {
    if (ids.length === 0) throw new Error(complaint.sniEmpty);
    const found = await Promise.all(ids.map((id) => cache.fetchQuery(certificateById(id))));
    const chosen = found.filter((certificate) => certificate !== null);
    const domains = new Set(chosen.flatMap(domainsOf));
    if (ids.length > mostCertificates || domains.size > mostDomains) throw new Error(complaint.sniMany);
    const nameless = chosen.find((certificate) => domainsOf(certificate).length === 0);
    if (nameless !== undefined) throw new Error(complaint.sniNameless(nameOf(nameless)));
    const clash = sniClash(chosen);
    if (clash !== null) throw new Error(complaint.sniTaken(clash.domain, nameOf(clash.holder)));
  };
}
