/** Listeners, load balancers, IP address groups, and what stands in each other's way. */
export const listeners = {
  'Load balancer {} already has a listener with protocol_port of {}.':
    '负载均衡器 {1} 已有端口为 {2} 的监听器',
  '{} cannot be bound: this node runs without the right to bind ports below {} (run it as root, grant CAP_NET_BIND_SERVICE, or lower net.ipv4.ip_unprivileged_port_start)':
    '无法使用端口 {1}：节点没有绑定 {2} 以下端口的权限（请以root运行、授予 CAP_NET_BIND_SERVICE，或调低 net.ipv4.ip_unprivileged_port_start）',
  'load balancer {} has a network (L4) flavor only; HTTP and HTTPS listeners need an l7_flavor_id':
    '负载均衡器 {1} 只有网络型（四层）规格，HTTP和HTTPS监听器需要 l7_flavor_id',
  'pool {} has protocol {}; {} listeners take {}':
    '后端服务器组 {1} 的协议为 {2}，{3} 监听器可用的协议为 {4}',
  'pool {} has protocol GRPC, which needs http2_enable on its listener':
    '后端服务器组 {1} 的协议为GRPC，监听器须开启HTTP/2',
  'pool {} is using this listener {}: set its default_pool_id to null first, or delete it by /force':
    '后端服务器组 {1} 正在用于监听器 {2}：请先取消默认后端服务器组，或强制删除',
  'l7policy {} is using this listener {}: delete it first, or use /force':
    '转发策略 {1} 属于监听器 {2}：请先删除该策略，或强制删除',
  'l7policy {} redirects to this listener {}': '转发策略 {1} 重定向到监听器 {2}',
  'l7policy {} redirects to listener {}, which is not copied':
    '转发策略 {1} 重定向到监听器 {2}，后者未被复制',
  'cannot be switched off once it is on': '开启后不能关闭',
  'needs a security policy with TLSv1.3, and that of the listener has none':
    '需要包含TLSv1.3的安全策略，而监听器的安全策略不含TLSv1.3',
  'is not supported here: {}': '此处不支持：{1}',
  'is required for HTTPS listeners': 'HTTPS监听器必填',
  'is only for HTTPS listeners': '仅用于HTTPS监听器',
  'must be a list of at most {} certificate ids, each once': '须为最多 {1} 个证书ID的列表，不能重复',
  'must be an IP group id, or several joined by commas': '须为IP地址组ID，多个时用逗号分隔',
  'must not name a group twice': '同一地址组不能重复',
  'must be 1 to {} letters, digits, - and _': '须为 1 至 {1} 个字母、数字、- 和 _',
  'must be 1 to {} letters, digits, - and _, and not a field that frames the request':
    '须为 1 至 {1} 个字母、数字、- 和 _，且不能是决定请求边界的头字段',
  'certificate {} has type {}; one of type {} is needed': '证书 {1} 的类型为 {2}，需要类型为 {3} 的证书',
  'certificate {} has no domain, which SNI needs': '证书 {1} 没有域名，不能用于SNI',
  'the certificates have {} domains; the limit is {}': '证书共有 {1} 个域名，上限为 {2} 个',
  'domain {} is held by certificates {}; only one with an RSA and one with an EC key may share it':
    '域名 {1} 同时属于证书 {2}；只有一个RSA证书和一个EC证书可以共用同一域名',
  'must hold TLSv1.3 with a cipher for it: listener(s) {} have ssl_early_data_enable':
    '须包含TLSv1.3及其加密套件：监听器 {1} 开启了0-RTT',
  'must be an IPv4 or IPv6 address, a network in CIDR form, or a range a-b with b above a':
    '须为IPv4或IPv6地址、CIDR网段，或起止地址范围 a-b（b大于a）',
  'must be a list of entries with ip and description': '须为包含 ip 和 description 的条目列表',
  'must be a list of entries with ip': '须为包含 ip 的条目列表',
  'flavor {} has type {}, not {}': '规格 {1} 的类型为 {2}，不是 {3}',
  'availability zone {} does not exist (known: {})': '可用区 {1} 不存在（可用：{2}）',
  'load balancer {} is not in availability zone {}': '负载均衡器 {1} 不在可用区 {2} 中',
  'the last availability zone of load balancer {} cannot go': '不能移除负载均衡器 {1} 的最后一个可用区',
  'unknown zone {}': '没有可用区 {1}',
  'is required for the scene UPGRADE': '场景为 UPGRADE 时必填',
  'load balancer {} is protected: set its deletion_protection_enable to false first':
    '负载均衡器 {1} 已开启删除保护，请先关闭',
  'the members of pool {} are protected: set its member_deletion_protection_enable to false first':
    '后端服务器组 {1} 已开启移除保护，请先关闭',
  'loadbalancer {} has logtank {} already': '负载均衡器 {1} 已配置访问日志 {2}',
  'load balancer {} is in use by listener(s) {}': '负载均衡器 {1} 下有监听器 {2}',
  'ipgroup {} is used by listener {}': 'IP地址组 {1} 被监听器 {2} 使用',
  'pool {} is used by l7policy {}': '后端服务器组 {1} 被转发策略 {2} 使用',
  'pool {} still has {}: delete what is below it first, or delete all by /delete-cascade':
    '后端服务器组 {1} 下还有{2}：请先删除其下的对象，或级联删除',
  '{} member(s)': ' {1} 台后端服务器',
  'the health monitor {}': '健康检查 {1}',
  'certificate {} is in use by listener(s) {}': '证书 {1} 被监听器 {2} 使用',
  'certificate {} is used for SNI by listener {} and needs a domain':
    '证书 {1} 被监听器 {2} 用于SNI，须有域名',
  'certificate {} is used by pool {} to verify members': '证书 {1} 被后端服务器组 {2} 用于验证后端服务器',
  'security policy {} is in use by listener(s) {}': '安全策略 {1} 被监听器 {2} 使用',
  'ipgroup {}': 'IP地址组 {1}',
  'security policy {}': '安全策略 {1}',
  'listener {} cannot come back: {} was deleted': '监听器 {1} 无法恢复：{2} 已删除',
  'listener {}: {}': '监听器 {1}：{2}',
  'listener {} cannot be served': '监听器 {1} 无法提供服务',
  'no {} listener has port {}': '没有端口为 {2} 的 {1} 监听器',
  'is required: {} listeners have port {}': '必填：有 {1} 个监听器使用端口 {2}',
  'listener {} does not have advanced forwarding': '监听器 {1} 未开启高级转发',
  'pool {} could not be found: {}': '后端服务器组 {1} 不存在：{2}',
  '{} {} could not be found': '{1} {2} 不存在',
  '{} is already in use': '{1} 已被使用',
  '{} {} is still in use': '{1} {2} 仍在使用中',
  '{} {} refers to something that is gone': '{1} {2} 引用的对象已不存在',
  'quota exceeded for {}: {} of {} in use': '超出配额（{1}）：已用 {2}，上限 {3}',
  'quota exceeded for users: {} of {} in use': '超出配额（用户）：已用 {1}，上限 {2}',
  'quota exceeded for access keys of user {}: {} of {} in use':
    '超出配额（用户 {1} 的访问密钥）：已用 {2}，上限 {3}',
  'quota exceeded for ipgroup_max_length: {} entries, {} allowed': '超出配额：共 {1} 个条目，最多 {2} 个',
  'quota exceeded for ipgroups_per_listener: {} allowed': '超出配额：每个监听器最多 {1} 个IP地址组',
  'quota exceeded for ipgroup_bindings: ipgroup {} has {} listeners':
    '超出配额：IP地址组 {1} 已关联 {2} 个监听器',
  'quota exceeded for listeners_per_pool: pool {} serves {} listeners':
    '超出配额：后端服务器组 {1} 已用于 {2} 个监听器',
  'quota exceeded for pools_per_l7policy: {} allowed': '超出配额：每条转发策略最多 {1} 个后端服务器组',
  'quota exceeded for condition_per_policy: {} has {} conditions, {} allowed':
    '超出配额：{1} 有 {2} 个条件，最多 {3} 个',
  'at most {} tags fit on one resource, and there would be {}':
    '一个资源最多 {1} 个标签，此操作后将有 {2} 个',
} as const;
