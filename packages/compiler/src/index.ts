export { type CompiledLoadBalancer, compileLoadBalancer, type CompileSettings } from './compile.ts';
export { CompileMemo } from './compile-memo.ts';
export { type CompiledTlsPolicy, compileTlsPolicy } from './tls-policy.ts';
export type { LoadBalancerTree } from './tree.ts';
