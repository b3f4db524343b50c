import { Tag, Tooltip } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { securityPolicyMessages } from './messages.ts';
import { weaknessesOf } from './suites.ts';

export interface SuiteBadgesProps {
  readonly suite: string;
  /** Where the heading says so already. */
  readonly withoutSecrecy?: boolean;
}

/** What speaks against a suite, with the reason on hover. */
export function SuiteBadges({ suite, withoutSecrecy = false }: SuiteBadgesProps) {
  const t = useMessages(securityPolicyMessages);
  return weaknessesOf(suite)
    .filter((weakness) => !(withoutSecrecy && weakness === 'noSecrecy'))
    .map((weakness) => (
      <Tooltip key={weakness} title={t.weakHelp[weakness]}>
        <Tag color="warning" className="tls-badge">
          {t.weak[weakness]}
        </Tag>
      </Tooltip>
    ));
}
