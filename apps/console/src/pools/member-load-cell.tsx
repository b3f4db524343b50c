import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../i18n/format.ts';
import { poolExtras } from './queries.ts';

export interface MemberLoadCellProps {
  readonly poolId: string;
  readonly memberId: string;
}

/** Requests in flight to a server, summed over the nodes; a dash where no node serves it. */
export function MemberLoadCell({ poolId, memberId }: MemberLoadCellProps) {
  const format = useFormat();
  const extras = useQuery(poolExtras(poolId)).data;
  const seen = extras?.members.find(({ id }) => id === memberId)?.seen ?? [];
  if (seen.length === 0) return '–';
  return format.number(seen.reduce((sum, one) => sum + one.requests_in_flight, 0));
}
