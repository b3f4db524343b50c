import { useMessages } from '../i18n/use-messages.ts';
import { securityPolicyMessages } from './messages.ts';
import { SuiteBadges } from './suite-badges.tsx';
import { groupSuites, hasForwardSecrecy } from './suites.ts';

/** The suites of a policy, grouped as in the form. */
export function SuiteList({ suites }: { readonly suites: readonly string[] }) {
  const t = useMessages(securityPolicyMessages);
  return (
    <div className="tls-suite-list">
      {groupSuites(suites).map((group) => (
        <section key={group.name} aria-label={t.groups[group.name]}>
          <h3>{t.groups[group.name]}</h3>
          <ul>
            {[...group.suites].sort(secretFirst).map((suite) => (
              <li key={suite}>
                <code>{suite}</code>
                <SuiteBadges suite={suite} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function secretFirst(a: string, b: string): number {
  return Number(hasForwardSecrecy(b)) - Number(hasForwardSecrecy(a));
}

/** Of a table of policies. */
export const suiteExpansion = {
  expandedRowRender: ({ ciphers }: { readonly ciphers: readonly string[] }) => <SuiteList suites={ciphers} />,
} as const;
