import { parsePageQuery } from '@elbow/api';
import { problem } from '@elbow/model';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call } from '../crud/service-context.ts';

/** Active/standby pools speak layer 4 protocols only; without these there are none. */
export async function listStandbyPools({ query }: Call): Promise<Answer> {
  valueOf(parsePageQuery(query));
  return { status: 200, body: { pools: [], page_info: { current_count: 0 } } };
}

export async function noStandbyPool({ params }: Call): Promise<Answer> {
  const id = (params['pool_id'] ?? '').slice(0, 64);
  const reason = 'active/standby pools are not supported until there are layer 4 listeners';
  throw new Refusal(problem('notFound', `pool ${id} could not be found: ${reason}`));
}
