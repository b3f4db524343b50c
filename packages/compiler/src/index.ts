export { type CompiledLoadBalancer, compileLoadBalancer } from './compile.ts';
export { type CompiledTlsPolicy, compileTlsPolicy, unavailableSuites } from './tls-policy.ts';
export type { LoadBalancerTree } from './tree.ts';
