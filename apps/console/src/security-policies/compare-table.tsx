import type { TlsProtocol } from '@elbow/model';
import { CheckOutlined } from '@ant-design/icons';
import { useMessages } from '../i18n/use-messages.ts';
import { securityPolicyMessages } from './messages.ts';
import type { TlsPolicy } from './queries.ts';
import { SuiteBadges } from './suite-badges.tsx';
import { versionName } from './suites.ts';

export interface CompareTableProps {
  readonly first: TlsPolicy;
  readonly second: TlsPolicy;
  readonly versions: readonly TlsProtocol[];
  /** Of either. */
  readonly suites: readonly string[];
  /** Only what differs. */
  readonly isShort: boolean;
}

interface Line {
  readonly key: string;
  readonly isVersion: boolean;
  readonly isInFirst: boolean;
  readonly isInSecond: boolean;
}

export function CompareTable(props: CompareTableProps) {
  const { compare: t } = useMessages(securityPolicyMessages);
  const lines = linesOf(props).filter(
    ({ isInFirst, isInSecond }) => !props.isShort || isInFirst !== isInSecond,
  );
  if (lines.length === 0) return <p>{t.same}</p>;
  return (
    <table className="tls-compare">
      <thead>
        <tr>
          <th scope="col">{t.item}</th>
          <th scope="col">{props.first.name}</th>
          <th scope="col">{props.second.name}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.key} line={line} isMarked={!props.isShort && line.isInFirst !== line.isInSecond} />
        ))}
      </tbody>
    </table>
  );
}

function linesOf({ first, second, versions, suites }: CompareTableProps): readonly Line[] {
  return [
    ...versions.map((version) => ({
      key: version,
      isVersion: true,
      isInFirst: first.protocols.includes(version),
      isInSecond: second.protocols.includes(version),
    })),
    ...suites.map((suite) => ({
      key: suite,
      isVersion: false,
      isInFirst: first.ciphers.includes(suite),
      isInSecond: second.ciphers.includes(suite),
    })),
  ];
}

interface RowProps {
  readonly line: Line;
  /** It is one of the differences, among others that are none. */
  readonly isMarked: boolean;
}

function Row({ line, isMarked }: RowProps) {
  return (
    <tr className={isMarked ? 'tls-compare-differs' : ''}>
      <th scope="row">
        {line.isVersion ? (
          versionName(line.key as TlsProtocol)
        ) : (
          <>
            <code>{line.key}</code> <SuiteBadges suite={line.key} />
          </>
        )}
      </th>
      <Mark isOn={line.isInFirst} />
      <Mark isOn={line.isInSecond} />
    </tr>
  );
}

function Mark({ isOn }: { readonly isOn: boolean }) {
  const { compare: t } = useMessages(securityPolicyMessages);
  return (
    <td>
      <span
        className={isOn ? 'tls-mark tls-mark-on' : 'tls-mark'}
        role="img"
        aria-label={isOn ? t.has : t.hasNot}
      >
        {isOn ? <CheckOutlined /> : '–'}
      </span>
    </td>
  );
}
