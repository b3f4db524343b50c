/** Words that operation names write as one or in another case. */
const words: Readonly<Record<string, string>> = {
  Loadbalancer: 'load balancer',
  Loadbalancers: 'load balancers',
  Logtank: 'log tank',
  Logtanks: 'log tanks',
  Elb: 'ELB',
  Ip: 'IP',
  L7: 'L7',
  Api: 'API',
  Dns: 'DNS',
  V2: '(v2.0)',
};

/** Where the name alone says too little. */
const sentences: Readonly<Record<string, string>> = {
  CountPreoccupyIpNum: 'Count the addresses that a change would take',
  DeleteLoadBalancerForce: 'Delete load balancer with all below it',
  DeleteListenerForce: 'Delete listener with all below it',
  DeletePoolCascade: 'Delete pool with its members',
  DeleteLoadBalancerCascade: 'Delete load balancer with all below it, pools by choice',
  RestoreLoadbalancer: 'Take load balancer out of the recycle bin',
  DeleteRecycleLoadBalancer: 'Destroy load balancer in the recycle bin',
};

/** `BatchUpdatePoliciesPriority` → `Batch update policies priority` */
export function summaryOf(operation: string): string {
  const own = sentences[operation];
  if (own !== undefined) return own;
  const parts = operation.match(/L7|V2|IPs|[A-Z][a-z]+/g) ?? [operation];
  const text = parts.map((part) => words[part] ?? part.toLowerCase()).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
