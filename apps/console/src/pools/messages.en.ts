import { memberTexts } from './member-texts.en.ts';
import { settingTexts } from './setting-texts.en.ts';

export const en = {
  title: 'Backend server groups',
  intro: 'A group holds the servers that answer requests, and says how requests are spread over them.',
  create: 'Create backend server group',
  search: 'Search by name, ID, server address',
  empty: {
    title: 'No backend server group yet',
    text: 'A group holds backend servers with their weights and health check. Listeners and forwarding policies send requests to it.',
  },
  emptyHere: 'No listener or policy of this load balancer sends requests to a group yet.',
  filters: {
    loadBalancer: 'Load balancer',
    anyLoadBalancer: 'Every load balancer',
    protocol: 'Protocol',
    anyProtocol: 'Every protocol',
    unhealthy: 'Unhealthy only',
  },
  columns: {
    name: 'Name/ID',
    protocol: 'Protocol',
    algorithm: 'Algorithm',
    servers: 'Servers',
    check: 'Health check',
    listeners: 'Listeners',
    loadBalancers: 'Load balancers',
    created: 'Created',
    operations: 'Operations',
  },
  none: 'None',
  more: (count: number) => `+${count}`,
  algorithms: {
    ROUND_ROBIN: 'Weighted round robin',
    LEAST_CONNECTIONS: 'Weighted least connections',
    SOURCE_IP: 'Source IP hash',
  },
  algorithmTexts: {
    ROUND_ROBIN: 'Requests go to the servers in turn, in proportion to their weights.',
    LEAST_CONNECTIONS: 'The server with the fewest requests in progress for its weight is next.',
    SOURCE_IP: 'A client stays with one server as long as that server is healthy.',
  },
  types: { ip: 'IP addresses', instance: 'Servers of a VPC', any: 'Any' },
  health: {
    noServers: 'No servers',
    count: (healthy: number, all: number) => `${healthy}/${all} healthy`,
    notChecked: (all: number) => (all === 1 ? '1 server, not checked' : `${all} servers, not checked`),
    label: (healthy: number, unhealthy: number, other: number) =>
      `${healthy} healthy, ${unhealthy} unhealthy, ${other} other`,
  },
  check: { off: 'Off', on: (type: string) => `On, ${type}` },
  tabs: {
    summary: 'Summary',
    members: 'Backend servers',
    usage: 'Associated listeners and policies',
    monitoring: 'Monitoring',
  },
  form: {
    loadBalancer: 'Load balancer',
    loadBalancerHelp: 'A group can also be made first and tied to a listener later.',
    later: 'Later',
    type: 'Type of servers',
    vpc: 'VPC',
    protocol: 'Backend protocol',
    protocolHelp: 'How servers are spoken to. It cannot be changed later.',
    algorithm: 'Load balancing algorithm',
    removalProtection: 'Removal protection',
  },
  created: (name: string) => `Group ${name} created`,
  saved: (name: string) => `Group ${name} saved`,
  deleted: (name: string) => `Group ${name} deleted`,
  bulk: {
    title: (count: number) => `Delete ${count} backend server group(s)?`,
    effect: (count: number) => `Their ${count} server(s) and their health checks go with them.`,
    servers: (count: number) => (count === 1 ? '1 server' : `${count} servers`),
    word: 'DELETE',
    saved: (count: number) => `${count} backend server group(s) deleted`,
    used: 'Listeners send requests to these by default; they are kept:',
    protected: 'Removal protection keeps:',
  },
  remove: {
    title: (name: string) => `Delete group ${name}?`,
    effect: (count: number) =>
      count === 0
        ? 'The group and its health check are gone.'
        : `Its ${count} server(s) and its health check go with it.`,
    inUse: 'It cannot be deleted while requests are sent to it by:',
    protectedNow: 'Removal protection is on. Turn it off on the summary first.',
  },
  usage: {
    listeners: 'Listeners that send all other requests here',
    policies: 'Forwarding policies that send requests here',
    none: 'No listener and no forwarding policy sends requests to this group, so its servers get none.',
    name: 'Name/ID',
    protocol: 'Frontend protocol/port',
    listener: 'Listener',
    state: 'State',
    action: 'Action',
    priority: 'Priority',
  },
  ...settingTexts,
  ...memberTexts,
} as const;
