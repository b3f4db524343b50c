// oxlint-disable max-lines -- notes, one line each
import type { Operation } from '../routes.ts';
import type { PublishedResource } from './published-fields.ts';

/** What people have to say about the API; everything else on the page is read off the code. */
export const head = `# API compatibility

<!-- Made from the code and from packages/api/src/compatibility/compatibility-notes.ts by \`npm run golden\`; write notes there. -->

What this version answers of the ELB v3 API for dedicated load balancers. A field of which nothing else is said means the same
to a client. What is not supported yet is refused with 400 \`ELB.8902\` and the reason, never stored and forgotten. A call that
does not exist answers 404 \`APIGW.0101\`.`;

export const topics: readonly (readonly [topic: string, here: string, notes: string])[] = [
  ['Paths, envelopes, `request_id`, `X-Request-Id`', 'yes', 'a slash at the end is fine'],
  ['AK/SK signatures (`SDK-HMAC-SHA256`)', 'yes', '±15 minutes; raw path, query and body'],
  [
    '`X-Auth-Token`',
    'yes',
    'from `POST /v3/auth/tokens` (method `password`); 24 hours; five wrong passwords per user and address in five minutes, then 429',
  ],
  ['Temporary keys, other algorithms', 'no', '401'],
  [
    '`limit`, `marker`, `page_reverse`, `page_info`',
    'yes',
    '`marker` works without `limit`; an unknown marker is 400',
  ],
  [
    'Filters',
    'yes',
    'the keys of each list are in the [reference](reference/api.md); other keys are ignored',
  ],
  [
    '`sort` of a list',
    'ours',
    'puts a list in order before it is cut into pages ([long lists](reference/operators-api.md#long-lists)); without it the order is that of creation',
  ],
  [
    'Unknown keys in a body',
    'differs',
    "refused by name; `project_id` and a member's or certificate's `admin_state_up` are accepted and ignored",
  ],
  [
    'Read-only and create-only fields in a PUT',
    'yes',
    '400 that names them, also when the value is the same',
  ],
  [
    '`null` in a PUT',
    'differs',
    'clears `default_pool_id`, flavors, `vip_subnet_cidr_id`, `domain`; means "no change" where Terraform sends it (pool, protection fields); else 400',
  ],
  ['`enterprise_project_id`', 'differs', 'only `"0"` exists'],
  ['Tags', 'yes', 'key up to 128, value up to 255 characters, 20 on each object'],
  ['Text', 'differs', 'names are one line without `<`, `>` and control characters'],
  [
    'Jobs',
    'yes',
    'the work is done when its job can be asked for, so a job is `SUCCESS` at once; the last 1,000 of a project are kept',
  ],
  [
    'Features of a zone',
    'yes',
    '`feature/configs` says for each zone what is available and why not what is missing (`availability_zones`, ours)',
  ],
  [
    'Header `X-Elbow-Live`',
    'ours',
    'on answers to writes: milliseconds until every worker served the change, or `pending` after 2 s',
  ],
  [
    'Deleting what is in use',
    'yes',
    '409 `ELB.8907` that names what is in the way; pools made for a load balancer outlive it and stand free; forced calls take along what nothing else uses and stop at deletion and member protection',
  ],
];

const noDns = 'DNS records are kept by your name servers';
const standby = 'active/standby pools wait for layer 4 listeners';

export const callNotes: Readonly<Partial<Record<Operation, string>>> = {
  ListQuotaDetails: 'with `quota_key` only those keys',
  ListAvailabilityZones: 'zones are labels of nodes, all in one set',
  DeleteLoadBalancer:
    'with the recycle bin on, its listeners and policies go to the bin with it; else 409 while it has listeners',
  DeleteLoadBalancerForce: 'takes along what nothing else uses',
  ShowLoadBalancerStatus: 'ERROR and DEGRADED also for what nodes do not serve as asked',
  ShowLoadBalancerPorts:
    'the source addresses of backend subnets in the settings; none where the host chooses',
  ListLoadbalancerFeature: '`reason`, ours, says why a value is `false`',
  ListFeatureConfigs: 'names are ours, because no list of them is published',
  CountPreoccupyIpNum: '0 where the settings have no backend subnets',
  ChangeLoadbalancerChargeMode: 'billing does not exist here',
  UpgradeLoadbalancer: 'there are no shared load balancers',
  UpdateUserDefinedDomainConfig: noDns,
  UpdateSystemDefaultDomainConfig: noDns,
  ListDomainIPs: noDns,
  BatchEnableDomainIPs: noDns,
  BatchDisableDomainIPs: noDns,
  ListMasterSlavePools: `always empty: ${standby}`,
  CreateMasterSlavePool: standby,
  ShowMasterSlavePool: `404: ${standby}`,
  DeleteMasterSlavePool: `404: ${standby}`,
  CreateMemberHealthCheckJob:
    'answers are under `member_check`; `securityGroup` and `networkAcl` find nothing, because there are none here',
  ShowMemberHealthCheckJob:
    '`transcript`, ours: one check made by a node, step by step; stored like other jobs, the last 1,000 of a project together with them',
  BatchDeleteIpList: 'finds entries by what they stand for; unknown ones are no mistake',
  ShowCertificatePrivateKeyEcho: 'always `false`',
  CreateCertificatePrivateKeyEcho: 'only `false`: private keys never leave',
  CreateLogtank: 'switches the access log of one load balancer on; lines go where all access logs go',
  DeleteLogtank: 'the log goes on only where the settings ask for that of all load balancers',
  RestoreLoadbalancer:
    'pools that still exist are tied to it again; 409 when a certificate, list or policy that it needs is gone; the address stays reserved while it lies in the bin',
  UpdateRecycleBinPolicy: 'retention 1–8760 hours (72 at first), threshold 0–8760 (0 at first)',
  CreateToken: 'the part of the identity service that clients with a password need',
  ShowPoolExtras: 'verification, ejection, and what nodes saw of the members',
  UpdateMemberTls: 'whom HTTPS members must be',
  UpdatePassiveEjection: 'leaving out members that cannot be connected to',
  ListSubnets:
    'ids by which the v3 API names the frontend and backend subnets of the settings, and how many addresses are in use',
  ListPublicIps: 'the pool of public addresses of the settings, and which load balancer has which',
  UpdatePublicIp: 'gives an address to a load balancer, or with `loadbalancer_id` null takes it away',
  ShowListenerLimits: 'what a listener asks for, the caps of the flavor, and what is in force',
  ListLoadBalancers: '`tags=key=value`, ours, narrows by tags',
  ListListeners: '`tags=key=value`, ours, narrows by tags',
  BatchCreateLoadBalancers: '201; all of them or none',
  BatchDeleteLoadbalancers:
    '200; each with all that hangs on it, all of them or none; a public address returns to the pool whatever `public_ip` says',
  DeleteLoadBalancerCascade: 'a public address returns to the pool whatever `public_ip` says',
  BatchAddAvailableZones: '200; zones that it has already are no mistake',
  BatchRemoveAvailableZones: '200; the last zone cannot go (400)',
  CloneLoadbalancer: '201; the copies are there when the answer is',
  CloneListener:
    '201; up to ten targets; `subnet_mapping_list` is empty, because there is one network; 409 when a policy redirects to a listener that the target does not have',
  BatchDeleteListeners: '200; under the rules of a single delete, all of them or none',
  BatchDeletePools: 'one that may not go stays: `ret_status` `failed` with the code in `ret_code`',
  BatchDeleteCertificates: 'as `pools/batch-delete`',
  CreateProbe: 'every node tries now whether a place can be connected to that need not be a member yet',
  ExplainRequest: 'what would become of a request that nobody sent',
};

type FieldNotes = Readonly<Record<string, string>>;

export const fieldNotes: Readonly<Partial<Record<PublishedResource, FieldNotes>>> = {
  LoadBalancer: {
    availability_zone_list: 'labels of nodes; an unknown one is 400',
    vpc_id: 'any UUID, kept as a label; omitted: one default VPC',
    vip_subnet_cidr_id:
      'frontend subnets of the settings under fixed ids, listed by `GET /elbow/v1/subnets`; not required',
    vip_address: 'may stand without a subnet; omitted: the first free one, from `127.0.0.2` on',
    l4_flavor_id: 'ids of `GET …/flavors`; no flavor: no limits and both kinds of listeners',
    l7_flavor_id: 'as `l4_flavor_id`; its caps bound all listeners of the load balancer together, per node',
    elb_virsubnet_ids:
      'network ids of `/elbow/v1/subnets`; omitted: the first backend subnets of the settings, or the network of the VIP',
    ip_target_enable: 'cannot be switched off',
    publicip_ids: 'ids of `GET /elbow/v1/publicips`, the pool of the settings; the first one is bound',
    publicip: 'nothing is for sale here: `publicip_ids` names an address of the pool',
    eips: 'the public address, under both names',
    log_group_id: 'of its log tank',
    log_topic_id: 'of its log tank',
  },
  Listener: {
    protocol: 'HTTP, HTTPS; `TERMINATED_HTTPS` is stored as HTTPS; TCP, UDP, TLS, QUIC, IP not yet',
    protocol_port: '1–65535; below what the node may bind: 400 with the reason; taken: 409',
    default_tls_container_ref: 'only on HTTPS, and required there',
    client_ca_tls_container_ref:
      'only on HTTPS; `null` or `""` takes it away; see [TLS](reference/tls.md) for what a client without a good certificate gets',
    sni_container_refs:
      'only on HTTPS; at most 50 certificates and 200 domains; a domain twice only with one RSA and one EC certificate',
    tls_ciphers_policy:
      'all ten; `tls-1-2` is the default; only on HTTPS; RC4, 3DES, Camellia and DSS suites of `tls-1-0-inherit` are never offered, and `/elbow/v1/capabilities` names them',
    security_policy_id: 'wins over `tls_ciphers_policy`; `null` or `""` goes back to it; only on HTTPS',
    http2_enable: 'on HTTP listeners accepted, without effect, and shown as false',
    insert_headers:
      'all keys; a PUT merges key by key; aliases have 1 to 40 letters, digits, `-` and `_` and are no field that frames a request (`Host`, `Connection`, …); values of the TLS keys: [TLS](reference/tls.md)',
    enhance_l7policy_enable: 'cannot be switched off; when it is switched on, policies keep their order',
    ipgroup:
      '`null` takes it away; a PUT changes what it names; several ids joined by commas, as many as the quota `ipgroups_per_listener` allows',
    gzip_enable: 'Brotli and gzip',
    keepalive_timeout: '0–4000',
  },
  Pool: {
    protocol:
      'HTTP, HTTPS, GRPC; HTTPS and GRPC under HTTPS listeners; GRPC needs `http2_enable` there; others not yet',
    lb_algorithm: 'ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP; SOURCE_IP looks only at whether a weight is 0',
    listener_id: 'makes it the default pool; a listener that has one already: 409',
    session_persistence:
      'HTTP_COOKIE, APP_COOKIE; SOURCE_IP has no effect on HTTP pools and is refused; with `lb_algorithm` SOURCE_IP: 400; `cookie_name` with another type than APP_COOKIE: 400',
    slow_start: 'ROUND_ROBIN in HTTP and HTTPS pools only, else 400 while `enable` is true',
  },
  Member: {
    address:
      'IPv4 or IPv6, shown in canonical form, or a host name of at most 253 characters ([names](reference/pools.md#names)), whose `ip_version` is `v4`; loopback by setting; link-local, metadata, unspecified, multicast, broadcast and reserved addresses and the admin port are refused',
    subnet_cidr_id:
      'a subnet of `/elbow/v1/subnets`; without one the load balancer needs `ip_target_enable` (400 `ELB.8939`)',
    operating_status:
      'UNKNOWN also while no node is connected, and when checks have not come to an end for three intervals',
    reason: 'and `message`, ours: what was expected and what came, as a sentence',
    status: 'one for each listener that uses the pool by default; `updated_at` is when the status began',
  },
  HealthMonitor: {
    type: 'TCP, HTTP, HTTPS, TLS, GRPC, any of them for any pool; UDP_CONNECT and GRPCS not yet',
    pool_id: 'one monitor per pool, a second is 409; answers show it as `pools`',
    domain_name: 'null: the address of the member, not the VIP',
  },
  L7Policy: {
    action: 'a field that has no meaning for the action is 400',
    priority: 'counts with advanced forwarding',
    redirect_pools_config: '`weight` as text or number',
    redirect_pools_extend_config:
      '20 headers; `traffic_mirror_config.target_ids`: 1 to 5 pools, none that gets the requests themselves',
    position: 'retired: always 100',
    redirect_url: 'retired: always null',
    rules: 'may be empty: the policy fits nothing until it has some; a set that another policy has is 409',
    provisioning_status:
      'ERROR while rules added one by one are those of a policy that is tried earlier; the listener is DEGRADED then',
  },
  L7Rule: {
    type: 'COOKIE has `key` and wildcards like HEADER',
    compare_type: 'REGEX for PATH only, in the language of RE2',
    conditions: 'stand over `key` and `value`',
    invert: 'only `false`',
  },
  Certificate: {
    type: 'server, client; SM certificates not yet',
    certificate:
      'PEM up to 65,536 characters and 11 certificates, returned as received; CRLF, blank lines, missing line breaks and text between blocks are fine; RSA below 2048 bits, SHA-1 signatures and rare curves are refused',
    private_key:
      'unencrypted PEM that fits the first certificate; never returned (`******`, and `null` for type client, where a key is ignored and not kept)',
    domain:
      'every name must be one that the certificate holds or covers; only for type server; cannot become empty while the certificate is used for SNI (409)',
    fingerprint: 'SHA-256 of the leaf, lower-case hex',
  },
  IpGroup: {
    ip_list:
      'addresses, CIDR and ranges; what stands for the same addresses is merged, the first one stays; host bits of a network are ignored',
    listeners: 'in use by a listener, also by one that has it switched off: 409 on delete',
  },
  SecurityPolicy: {
    protocols:
      'one or more of `TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`; returned oldest first; one that none of the ciphers fits is not offered',
    ciphers:
      "the 28 published names; `CAMELLIA128-SHA`, `CAMELLIA256-SHA` and `DES-CBC3-SHA` are refused with 400, because no connection could use them; returned in the server's order",
  },
  LogTank: {
    loadbalancer_id: 'one tank per load balancer, a second is 409',
    log_group_id: 'a label: there is one log here',
    log_topic_id: 'a label',
  },
};
