export { type CompiledLoadBalancer, compileLoadBalancer, type CompileSettings } from './compile.ts';
export { type CompiledTlsPolicy, compileTlsPolicy } from './tls-policy.ts';
export type { LoadBalancerTree } from './tree.ts';
