import { customSuites, type TlsProtocol, unavailableSuites } from '@elbow/model';
import { Button, Checkbox } from 'antd';
import type { Ref } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { securityPolicyMessages } from './messages.ts';
import { SuiteBadges } from './suite-badges.tsx';
import { groupSuites, hasForwardSecrecy, type SuiteGroup, suitesFor, weaknessesOf } from './suites.ts';

export interface SuitePickerProps {
  /** So that complaints of the server find it. */
  readonly ref?: Ref<HTMLDivElement>;
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (suites: readonly string[]) => void;
  readonly versions: readonly TlsProtocol[];
}

/** Suites of the chosen versions to tick, grouped by version and by forward secrecy. */
export function SuitePicker({ ref, id, value = [], onChange, versions }: SuitePickerProps) {
  const t = useMessages(securityPolicyMessages);
  const offered = suitesFor(customSuites, versions);
  const usable = offered.filter((suite) => !unavailableSuites.has(suite));
  const choose = (suites: readonly string[]): void => onChange?.(suites);
  const toggle = (suite: string): void =>
    choose(value.includes(suite) ? value.filter((one) => one !== suite) : [...value, suite]);
  if (versions.length === 0) return <p className="cell-sub">{t.form.noVersionYet}</p>;
  return (
    <div
      ref={ref ?? null}
      id={id}
      role="group"
      aria-label={t.form.suites}
      tabIndex={-1}
      className="tls-picker"
    >
      <div className="tls-picker-head">
        <span role="status">{t.form.chosen(suitesFor(value, versions).length)}</span>
        <Button
          size="small"
          onClick={() => choose(usable.filter((suite) => weaknessesOf(suite).length === 0))}
        >
          {t.form.strong}
        </Button>
        <Button size="small" onClick={() => choose(usable)}>
          {t.form.all}
        </Button>
        <Button size="small" onClick={() => choose([])}>
          {t.form.none}
        </Button>
      </div>
      {groupSuites(offered).map((group) => (
        <Group key={group.name} group={group} chosen={value} onToggle={toggle} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: SuiteGroup;
  readonly chosen: readonly string[];
  readonly onToggle: (suite: string) => void;
}

function Group({ group, chosen, onToggle }: GroupProps) {
  const t = useMessages(securityPolicyMessages);
  const parts = [true, false].map((isSecret) => ({
    isSecret,
    suites: group.suites.filter((suite) => hasForwardSecrecy(suite) === isSecret),
  }));
  return (
    <section>
      <h3>{t.groups[group.name]}</h3>
      {parts
        .filter(({ suites }) => suites.length > 0)
        .map(({ isSecret, suites }) => (
          <fieldset key={String(isSecret)}>
            <legend className="tls-legend">{isSecret ? t.secrecy.yes : t.secrecy.no}</legend>
            {suites.map((suite) => (
              <Suite key={suite} suite={suite} isChosen={chosen.includes(suite)} onToggle={onToggle} />
            ))}
          </fieldset>
        ))}
    </section>
  );
}

interface SuiteProps {
  readonly suite: string;
  readonly isChosen: boolean;
  readonly onToggle: (suite: string) => void;
}

function Suite({ suite, isChosen, onToggle }: SuiteProps) {
  const t = useMessages(securityPolicyMessages).form;
  const isOff = unavailableSuites.has(suite);
  return (
    <div className="tls-suite">
      <Checkbox checked={isChosen} disabled={isOff} onChange={() => onToggle(suite)}>
        <code>{suite}</code>
      </Checkbox>
      {isOff ? (
        <span className="cell-sub">{t.unavailable}</span>
      ) : (
        <SuiteBadges suite={suite} withoutSecrecy />
      )}
    </div>
  );
}
