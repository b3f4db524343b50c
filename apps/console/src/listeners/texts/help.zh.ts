import type { Translated } from '../../i18n/messages.ts';
import type { help as en } from './help.en.ts';

export const help: Translated<typeof en> = {
  name: { what: '便于识别监听器的名称。名称可以重复，ID不会重复。', usual: '', mind: '' },
  protocol: {
    what: '客户端使用的协议。使用HTTPS时由负载均衡器持有证书并解密请求，可在转发前查看请求内容。',
    usual: 'HTTPS',
    mind: '监听器创建后不可修改。如需更换，请另行添加监听器。',
  },
  port: {
    what: '客户端连接的端口。同一负载均衡器的每个端口只属于一个监听器。',
    usual: 'HTTPS为443，HTTP为80',
    mind: '创建后不可修改，可以把监听器复制到其他端口。',
  },
  authentication: {
    what: '单向认证：负载均衡器向客户端证明身份。双向认证：客户端还须出示由您指定的CA签发的证书。',
    usual: '单向认证',
    mind: '双向认证下，没有有效证书的客户端会收到400，请求不会到达后端服务器。',
  },
  authority: {
    what: '签发客户端证书的CA。客户端证书链能追溯到其中之一时才允许访问。',
    usual: '',
    mind: '更换CA后，之前的会话票据失效，客户端需要重新认证。',
  },
  certificate: {
    what: '客户端看到的证书及其私钥。没有SNI证书匹配域名时也使用该证书。',
    usual: '只有一个可用证书时自动选中',
    mind: '新证书对新建连接生效，已建立的连接继续使用原证书。',
  },
  sni: {
    what: '客户端连接时会说明要访问的域名。开启SNI后，负载均衡器返回该域名对应的证书。',
    usual: '关闭',
    mind: '未携带域名或域名没有对应证书的客户端会收到服务器证书，不会被拒绝。',
  },
  sniCertificates: {
    what: '带有域名的服务器证书，最多50个，域名总数最多200个。',
    usual: '',
    mind: '同一域名只能同时用于一个RSA证书和一个ECC证书，支持ECC的客户端优先使用ECC证书。',
  },
  sniMatch: {
    what: '泛域名的匹配范围。单级：*.a.com 匹配 x.a.com，不匹配 y.x.a.com。最长尾缀：两者都匹配，最具体的证书优先。',
    usual: '单级',
    mind: '无论如何选择，浏览器都不接受用泛域名证书访问更深层级的域名。',
  },
  access: {
    what: '限制哪些地址可以建立连接。白名单只允许组内地址，黑名单拒绝组内地址。',
    usual: '所有IP地址',
    mind: '被拒绝的客户端会看到连接被重置。已建立的连接不会被断开。',
  },
  ipGroup: {
    what: '一组有名称的地址和网段，可被多个监听器共用。',
    usual: '',
    mind: '空白名单会拒绝所有人，空黑名单不拒绝任何人。',
  },
  clientIp: {
    what: '后端服务器看到的是负载均衡器的连接，客户端地址通过 X-Forwarded-For 传递。',
    usual: '始终开启',
    mind: '',
  },
  advancedForwarding: {
    what: '转发策略可依据请求方法、请求头、Cookie、查询参数和地址，按自定义顺序执行，并支持重写、直接返回和限速。',
    usual: '开启',
    mind: '开启后不可关闭。',
  },
  policy: {
    what: '客户端可使用的TLS版本和加密套件。内置策略固定不变，自定义策略由您维护。',
    usual: 'tls-1-2，推荐 tls-1-2-fs-with-1-3',
    mind: 'TLS 1.0和1.1已过时。不含TLS 1.3的策略无法使用0-RTT。',
  },
  earlyData: {
    what: '曾经访问过的客户端可以在第一条消息中携带请求，节省一次往返。',
    usual: '关闭',
    mind: '此类请求可能被录制者重放。仅放行没有正文的GET、HEAD和OPTIONS，并附带 Early-Data: 1。',
  },
  http2: {
    what: '在一个连接上并发处理多个请求，请求头更短。不支持的客户端继续使用HTTP/1.1。',
    usual: '本表单默认开启，API默认关闭',
    mind: 'gRPC服务器组必须开启HTTP/2。',
  },
  forwardedFor: {
    what: '追加：把客户端地址加到已有内容之后。移除：删除该请求头。保留：不做处理。',
    usual: '追加',
    mind: '除最后一个地址外都来自客户端，可能是伪造的，请只信任自己的负载均衡器添加的部分。',
  },
  headersClient: {
    what: '向后端服务器的每个请求附加客户端信息，并覆盖客户端发送的同名请求头。',
    usual: 'X-Forwarded-Host',
    mind: '',
  },
  headersBalancer: {
    what: '说明请求经过了哪个负载均衡器、端口和协议。',
    usual: '无',
    mind: '未绑定公网地址时不发送 X-Forwarded-ELB-IP。',
  },
  headersTls: {
    what: '客户端TLS连接的信息，每一项都可以使用自定义名称。',
    usual: '无',
    mind: '',
  },
  headersClientCertificate: {
    what: '来自客户端证书的信息：持有者、签发者以及校验结果。',
    usual: '无',
    mind: '客户端无法伪造：其发送的同名请求头不会到达后端。',
  },
  compression: {
    what: '状态码为200、403、404，且内容为HTML、XML、纯文本、CSS、JavaScript、RSS、Atom或JSON时，按客户端支持情况用Brotli或gzip压缩。',
    usual: '关闭',
    mind: '若页面同时包含机密和访客输入，压缩后的长度可能泄露机密（BREACH）。',
  },
  retry: {
    what: '后端服务器无法连接或未及时响应时，请求转发到同组其他服务器，最多重试四次，之后返回502或504。',
    usual: '开启',
    mind: 'POST、PATCH、DELETE一旦发出部分内容就不再重试。',
  },
  idleTimeout: {
    what: '没有请求的连接保持多久。',
    usual: '60秒',
    mind: '0表示关闭长连接，每个请求都新建连接。',
  },
  requestTimeout: {
    what: '客户端发送完整请求的最长时间，超时后关闭连接。',
    usual: '60秒',
    mind: '',
  },
  responseTimeout: {
    what: '后端服务器无响应的最长时间，超时后尝试其他服务器，最终返回504。',
    usual: '60秒',
    mind: 'WebSocket静默同样时长后会被关闭。',
  },
  newConnections: {
    what: '监听器在每个节点上每秒接受的新建连接数，超出的连接被重置。',
    usual: '不限',
    mind: '若负载均衡器规格更小，以规格为准。',
  },
  connections: {
    what: '每个节点上同时保持的连接数，超出的连接被重置。',
    usual: '不限',
    mind: '调低上限不会断开已建立的连接。',
  },
  tags: { what: '键和值，便于按团队、用途或费用查找监听器。', usual: '无', mind: '键不可重复。' },
  description: { what: '补充说明，最多255个字符。', usual: '', mind: '' },
  protection: {
    what: '开启后控制台修改监听器前会再次确认，并显示原因。',
    usual: '关闭',
    mind: '仅防止在控制台误操作，API不受影响。',
  },
  pool: {
    what: '处理请求的服务器。已有的服务器组可以被多个监听器共用。',
    usual: '有合适的已有服务器组时优先使用',
    mind: '',
  },
  poolType: {
    what: 'IP：任意可达的地址。混合：也可按所在子网添加服务器。',
    usual: 'IP',
    mind: '',
  },
  poolProtocol: {
    what: '负载均衡器与服务器之间的协议。HTTPS会重新加密，gRPC要求监听器开启HTTP/2。',
    usual: 'HTTP',
    mind: '服务器组创建后不可修改。',
  },
  algorithm: {
    what: '加权轮询按权重轮流分配；加权最少连接优先选择处理中请求最少的服务器；源IP哈希使同一地址始终访问同一服务器。',
    usual: '加权轮询',
    mind: '',
  },
  sticky: {
    what: '访客始终访问第一次响应它的服务器，通过负载均衡器或应用的Cookie识别。',
    usual: '关闭',
    mind: '所属服务器异常时，访客会被转到其他服务器。',
  },
  slowStart: { what: '新加入或恢复的服务器逐步获得流量，便于预热缓存。', usual: '关闭', mind: '' },
  failOpen: { what: '没有健康的服务器时，请求转发给全部服务器，而不是返回503。', usual: '关闭', mind: '' },
  removalProtection: { what: '开启期间任何人都不能移除组内服务器。', usual: '关闭', mind: '' },
  servers: {
    what: '请求转发的目标地址和端口。可一次粘贴多行：地址、端口、权重和名称。',
    usual: '权重为1',
    mind: '权重为0的服务器不接收请求。没有服务器时返回503。',
  },
  healthCheck: {
    what: '每个节点轮流检查每台服务器。连续失败的服务器在恢复之前不再接收请求。',
    usual: '开启，每5秒 HTTP GET /',
    mind: '关闭后请求也会发往异常的服务器。',
  },
};
