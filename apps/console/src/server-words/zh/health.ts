/** What health checks, probes and the check of a member found. */
export const health = {
  'within {} s': '{1} 秒内',
  'no connection to {} {}: the member is down, or a packet filter, route or security group between the backend subnet and the member drops the packets':
    '{2}无法连接 {1}：后端服务器已停止，或后端子网与后端服务器之间的网络ACL、路由或安全组丢弃了报文',
  '{} did not finish the TLS handshake {}: does it speak TLS on this port?':
    '{1} 在 {2}未完成TLS握手：该端口是否提供TLS？',
  '{} did not take the request {}': '{1} 在 {2}未接收请求',
  '{} took the connection but did not answer {} within {} s': '{1} 已接受连接，但在 {3} 秒内未应答{2}',
  'the TLS handshake with {} failed: {}': '与 {1} 的TLS握手失败：{2}',
  'the request to {} could not be sent: {}': '无法向 {1} 发送请求：{2}',
  '{} reset the connection instead of answering': '{1} 未应答而重置了连接',
  'the answer of {} could not be read: {}': '无法读取 {1} 的应答：{2}',
  '{} refused the connection: nothing listens on the port, or a firewall rejects it':
    '{1} 拒绝连接：端口上没有服务在监听，或被防火墙拒绝',
  '{} reset the connection while it was being made': '{1} 在建立连接时重置了连接',
  'no connection to {}: {}': '无法连接 {1}：{2}',
  '{} closed the connection during the TLS handshake: does it speak TLS on this port?':
    '{1} 在TLS握手期间关闭了连接：该端口是否提供TLS？',
  '{} closed the connection without an answer to {}': '{1} 未应答{2}就关闭了连接',
  '{} answered {} with bytes that are not {}: {}': '{1} 对{2}的应答不是 {3}：{4}',
  '{} answered {} with {}; expected {}': '{1} 对{2}的应答为 {3}，期望 {4}',
  'the connection': '连接',
  'GET {} for {}': ' GET {1}（主机 {2}）',
  'HEAD {} for {}': ' HEAD {1}（主机 {2}）',
  'POST {} for {}': ' POST {1}（主机 {2}）',
  'grpc.health.v1.Health/Check of {}': ' grpc.health.v1.Health/Check（主机 {1}）',
  'HTTP status {} instead of 200': 'HTTP状态码为 {1}，不是 200',
  'HTTP status {}': 'HTTP状态码 {1}',
  'the stream was reset with code {}': '流被重置，代码 {1}',
  'it has no grpc-status': '没有 grpc-status',
  'grpc-status {}': 'gRPC状态 {1}',
  'the reply is no HealthCheckResponse': '应答不是 HealthCheckResponse',
  'no final status line in {} bytes': '{1} 字节内没有最终状态行',
  'it begins with "{}"': '以“{1}”开头',
  '{} cannot be resolved: {}': '无法解析 {1}：{2}',
  '{} stands for no address': '{1} 没有对应的地址',
  'the node had too much to do, or did not come to an end in time': '节点过于繁忙，或未能及时完成',
  'the node could not make the check: see the transcript': '节点无法执行检查，请查看检查过程',
  'listener {} does not send requests to pool {}, which the member belongs to':
    '监听器 {1} 不向该后端服务器所属的后端服务器组 {2} 转发请求',
  'load balancer {} is switched off (admin_state_up is false)':
    '负载均衡器 {1} 已停用（admin_state_up 为 false）',
  'load balancer {} has no address that clients could reach': '负载均衡器 {1} 没有客户端可访问的地址',
  'the weight of the member is 0, so it gets no new requests': '该后端服务器的权重为 0，不会收到新请求',
  'pool {} has no health monitor that is on, so requests also go to members that are down':
    '后端服务器组 {1} 没有开启健康检查，请求也会发往已停止的后端服务器',
  'health checks go to port {}, requests to port {} of the member':
    '健康检查使用端口 {1}，请求使用后端服务器的端口 {2}',
  'the timeout of a check ({} s) is longer than its interval ({} s), so failures are found late':
    '检查超时（{1} 秒）大于检查间隔（{2} 秒），故障会较晚发现',
  'no node serves the member now': '当前没有节点服务该后端服务器',
  'the control process was started again before a node had made the check: ask for another one':
    '控制进程在节点完成检查之前已重启：请重新检查',
  'the certificate of {} {}: {}': '{1} 的证书{2}：{3}',
  'is not for {}, which its pool asks for': '不适用于后端服务器组要求的名称 {1}',
  'cannot be verified with the authorities of its pool': '无法用后端服务器组的CA证书验证',
  'the demo backends do not run again': '演示后端未能再次运行',
  'members with loopback addresses are switched off in the settings': '设置中未允许环回地址的后端服务器',
  'the demo backends have failed': '演示后端出现故障',
  'a port of a demo backend is taken by another program': '演示后端的端口已被其他程序占用',
} as const;
