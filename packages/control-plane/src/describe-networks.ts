import { describePublicAddresses, describeSubnets, type Settings } from '@elbow/model';
import type { ServiceContext } from './services/crud/service-context.ts';
import { stableUuid } from './stable-uuid.ts';

type Networks = Pick<ServiceContext, 'subnets' | 'backendSubnets' | 'publicAddresses' | 'defaultVpcId'>;

/** The networks of the settings under the ids that the API names them by; equal after every restart. */
export function describeNetworks(
  settings: Pick<Settings, 'frontendSubnets' | 'backendSubnets' | 'publicAddresses'>,
): Networks {
  return {
    subnets: describeSubnets(settings.frontendSubnets, stableUuid),
    backendSubnets: describeSubnets(settings.backendSubnets, stableUuid),
    publicAddresses: describePublicAddresses(settings.publicAddresses, stableUuid),
    defaultVpcId: stableUuid('vpc:default'),
  };
}
