import type { ServiceContext } from '../crud/service-context.ts';
import { createTagCalls, taggedListeners, taggedLoadBalancers } from './tags.ts';

/** The v3 tag calls, and those of v2.0 that older clients use: the same objects under other paths. */
export function tagHandlers(context: ServiceContext) {
  const loadBalancers = createTagCalls(context, taggedLoadBalancers);
  const listeners = createTagCalls(context, taggedListeners);
  return {
    ListLoadbalancerTags: loadBalancers.listAll,
    ShowLoadbalancerTags: loadBalancers.show,
    ChangeLoadbalancerTags: loadBalancers.change,
    ListListenerTags: listeners.listAll,
    ShowListenerTags: listeners.show,
    ChangeListenerTags: listeners.change,
    ListLoadbalancerTagsV2: loadBalancers.listAll,
    ShowLoadbalancerTagsV2: loadBalancers.show,
    ChangeLoadbalancerTagsV2: loadBalancers.change,
    CreateLoadbalancerTagV2: loadBalancers.add,
    DeleteLoadbalancerTagV2: loadBalancers.removeKey,
    ListLoadbalancersByTagsV2: loadBalancers.query,
    ListListenerTagsV2: listeners.listAll,
    ShowListenerTagsV2: listeners.show,
    ChangeListenerTagsV2: listeners.change,
    CreateListenerTagV2: listeners.add,
    DeleteListenerTagV2: listeners.removeKey,
    ListListenersByTagsV2: listeners.query,
  };
}
