export { parseTokenRequest, tokenToWire } from './auth/token-request.ts';
export type { TokenFacts, TokenRequest } from './auth/token-request.ts';
export {
  availabilityZonesToWire,
  flavorToWire,
  quotaDetailsToWire,
  quotaToWire,
  securityPoliciesToWire,
  selectFlavors,
  versions,
} from './catalog/catalog-wire.ts';
export { parseCertificateCreate, parseCertificateUpdate } from './certificate/certificate-body.ts';
export type { CertificateCreate, CertificateUpdate } from './certificate/certificate-body.ts';
export { certificateToWire } from './certificate/certificate-wire.ts';
export { errorToWire } from './envelope.ts';
export { httpsOnly, parseListenerCreate, parseListenerUpdate } from './listener/listener-body.ts';
export type { ListenerCreate, ListenerUpdate } from './listener/listener-body.ts';
export { listenerToWire } from './listener/listener-wire.ts';
export type { ListenerRelations } from './listener/listener-wire.ts';
export {
  certificateFilters,
  listenerFilters,
  loadBalancerFilters,
  memberFilters,
  poolFilters,
} from './list/filter-tables.ts';
export { matchesWire, parseFilters } from './list/filters.ts';
export type { FilterTable, ParsedFilters } from './list/filters.ts';
export { cutPage, pageInfo, parsePageQuery } from './list/page-query.ts';
export type { PageInfo, PageQuery } from './list/page-query.ts';
export { parseLoadBalancerCreate, parseLoadBalancerUpdate } from './load-balancer/load-balancer-body.ts';
export type { LoadBalancerCreate, LoadBalancerUpdate } from './load-balancer/load-balancer-body.ts';
export { loadBalancerToWire } from './load-balancer/load-balancer-wire.ts';
export type { LoadBalancerRelations } from './load-balancer/load-balancer-wire.ts';
export { statusTreeToWire } from './load-balancer/status-tree.ts';
export { parseMemberCreate, parseMemberUpdate } from './member/member-body.ts';
export type { MemberCreate, MemberUpdate } from './member/member-body.ts';
export { memberOfAnyPoolToWire, memberToWire } from './member/member-wire.ts';
export type { MemberRelations } from './member/member-wire.ts';
export { parsePoolCreate, parsePoolUpdate } from './pool/pool-body.ts';
export type { PoolCreate, PoolUpdate } from './pool/pool-body.ts';
export { poolToWire } from './pool/pool-wire.ts';
export type { PoolRelations } from './pool/pool-wire.ts';
export { guardedRoots, routes } from './routes.ts';
export type { Method, Operation, Resource, Role, Route } from './routes.ts';
export { wireTime } from './time.ts';
