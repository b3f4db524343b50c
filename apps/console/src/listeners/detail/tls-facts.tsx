import type { CertificateWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMessages } from '../../i18n/use-messages.ts';
import { ExpiryTag } from '../../load-balancers/expiry-tag.tsx';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { certificateById } from '../../load-balancers/named-queries.ts';
import { shellMessages } from '../../shell/messages.ts';
import { hasTls13, usePolicies } from '../form/security-policies.ts';
import { PolicyLabel } from '../form/policy-select.tsx';
import { detailMessages, fieldMessages, formMessages } from '../texts/messages.ts';
import { Fact, FactSection } from './fact-list.tsx';
import { useListenerFacts } from './listener-facts.ts';
import type { FactsProps } from './summary-tab.tsx';
import { SwitchValue } from './switch-value.tsx';
import { serverWords } from '../../server-words/server-words.ts';

/** Certificates, versions, and what goes with them. */
export function TlsFacts({ of, change, onOpen }: FactsProps) {
  const t = useMessages(detailMessages);
  const labels = useMessages(fieldMessages);
  const form = useMessages(formMessages);
  const isMutual = of.client_ca_tls_container_ref !== null;
  return (
    <FactSection title={form.section.tls}>
      <Fact label={labels.authentication} onEdit={() => onOpen('certificate')}>
        {isMutual ? form.mutual : form.oneWay}
      </Fact>
      <Fact label={labels.certificate} onEdit={() => onOpen('certificate')} editLabel={t.replace}>
        <CertificateLink id={of.default_tls_container_ref} />
      </Fact>
      {isMutual && (
        <Fact label={labels.authority} onEdit={() => onOpen('certificate')} editLabel={t.replace}>
          <CertificateLink id={of.client_ca_tls_container_ref} />
        </Fact>
      )}
      <Fact label={t.sniDialog.title} onEdit={() => onOpen('sni')}>
        <SniValue ids={of.sni_container_refs} />
      </Fact>
      {of.sni_container_refs.length > 0 && (
        <Fact label={labels.sniMatch} onEdit={() => onOpen('sni')}>
          {form.sniMatch[of.sni_match_algo]}
        </Fact>
      )}
      <PolicyFact of={of} change={change} onOpen={onOpen} />
      <Fact label={labels.http2}>
        <SwitchValue
          label={labels.http2}
          isOn={of.http2_enable}
          isBusy={change.isRunning}
          onChange={(isOn) => void change.run({ http2_enable: isOn })}
        />
      </Fact>
    </FactSection>
  );
}

function PolicyFact({ of, change, onOpen }: FactsProps) {
  const labels = useMessages(fieldMessages);
  const form = useMessages(formMessages);
  const { capabilities } = useListenerFacts();
  const value = of.security_policy_id ?? of.tls_ciphers_policy;
  const policy = usePolicies().find((one) => one.value === value);
  const canRestart = capabilities.early_data || of.ssl_early_data_enable;
  const isPossible = policy !== undefined && hasTls13(policy);
  return (
    <>
      <Fact label={labels.policy} onEdit={() => onOpen('policy')}>
        {policy === undefined ? value : <PolicyLabel of={policy} />}
      </Fact>
      <Fact label={labels.earlyData}>
        <SwitchValue
          label={labels.earlyData}
          isOn={of.ssl_early_data_enable}
          isBusy={change.isRunning}
          isDisabled={!isPossible || !canRestart}
          onChange={(isOn) => void change.run({ ssl_early_data_enable: isOn })}
        />
        {!isPossible && <span className="lf-soft">{form.needsTls13}</span>}
        {isPossible && !canRestart && (
          <span className="lf-soft">{form.notHere(serverWords(capabilities.early_data_reason ?? ''))}</span>
        )}
      </Fact>
    </>
  );
}

function useCertificate(id: string | null): CertificateWire | undefined {
  return useQuery(certificateById(id)).data ?? undefined;
}

function CertificateLink({ id }: { readonly id: string | null }) {
  const { expiresOn } = useMessages(formMessages);
  const certificate = useCertificate(id);
  if (certificate === undefined) return id ?? '–';
  return (
    <>
      <Link to={`/certificates?q=${certificate.id}`}>{nameOf(certificate)}</Link>{' '}
      <span className="lf-soft">{expiresOn(certificate.expire_time.slice(0, 10))}</span>{' '}
      <ExpiryTag expiresAt={certificate.expire_time} />
    </>
  );
}

function SniValue({ ids }: { readonly ids: readonly string[] }) {
  const { off } = useMessages(shellMessages).field;
  if (ids.length === 0) return off;
  return (
    <span className="fact-lines">
      {ids.map((id) => (
        <span key={id}>
          <CertificateLink id={id} />
        </span>
      ))}
    </span>
  );
}
