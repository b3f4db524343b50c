import type { TlsProtocol } from '@elbow/model';
import { CheckOutlined } from '@ant-design/icons';
import { useMessages } from '../i18n/use-messages.ts';
import { securityPolicyMessages } from './messages.ts';
import { versionName } from './suites.ts';

export interface VersionMarkProps {
  readonly version: TlsProtocol;
  readonly protocols: readonly TlsProtocol[];
}

/** A check mark or a dash, in words for those who do not see it. */
export function VersionMark({ version, protocols }: VersionMarkProps) {
  const t = useMessages(securityPolicyMessages);
  const isOffered = protocols.includes(version);
  const text = isOffered ? t.offered(versionName(version)) : t.notOffered(versionName(version));
  return (
    <span className={isOffered ? 'tls-mark tls-mark-on' : 'tls-mark'} role="img" aria-label={text}>
      {isOffered ? <CheckOutlined /> : '–'}
    </span>
  );
}
