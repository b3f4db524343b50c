/** Login, roles, and what stands before every call. */
export const access = {
  'X-Auth-Token is wrong or expired': 'X-Auth-Token 有误或已过期',
  'this request needs credentials: an SDK-HMAC-SHA256 Authorization header or an X-Auth-Token header':
    '该请求需要凭证：SDK-HMAC-SHA256 的 Authorization 头或 X-Auth-Token 头',
  'the credentials do not belong to the project of the path': '凭证不属于路径中的项目',
  'X-Project-Id differs from the project of the credentials': 'X-Project-Id 与凭证的项目不一致',
  'a session of the console changes things only with the header X-Elbow-Console':
    '控制台会话须携带 X-Elbow-Console 头才能修改',
  'the request comes from a page of another origin': '请求来自其他来源的页面',
  'the user has no role in this project': '该用户在此项目中没有角色',
  'the user name or the password is wrong': '用户名或密码错误',
  'too many login attempts: {}': '登录尝试过多：{1}',
  'try again in {} s': '请在 {1} 秒后重试',
  'other logins are being checked, try again': '正在处理其他登录，请重试',
  'the session is over, log in again': '会话已结束，请重新登录',
  'is required to change your own password': '修改自己的密码时必填',
  'the current password is wrong': '当前密码错误',
  'user.name {} is already in use': '用户名 {1} 已被使用',
  'this is the last enabled user with the role admin: it cannot be removed, disabled or demoted':
    '这是最后一个启用的管理员，不能移除、禁用或降级',
  'the Authorization header is not of the form "{} Access=…, SignedHeaders=…, Signature=…"':
    'Authorization 头的格式不是“{1} Access=…, SignedHeaders=…, Signature=…”',
  'x-sdk-date is not among the signed headers': '签名头中没有 x-sdk-date',
  'X-Sdk-Date is not of the form yyyyMMddTHHmmssZ': 'X-Sdk-Date 的格式不是 yyyyMMddTHHmmssZ',
  'X-Sdk-Date {} is more than 15 minutes away from the time of the server':
    'X-Sdk-Date {1} 与服务器时间相差超过15分钟',
  'the access key is unknown or the signature does not match the request': '访问密钥不存在，或签名与请求不符',
  'Incorrect IAM authentication information: {}': 'IAM认证信息有误：{1}',
  'this call needs the role {}': '该操作需要{1}角色',
  'The API does not exist or has not been published: {}': 'API不存在或未发布：{1}',
  'internal error; the log has the details under this request id': '内部错误；日志中按此请求ID可查到详情',
  'too many writes are waiting, try again': '等待中的写入过多，请重试',
  'the control plane is shutting down': '控制面正在关闭',
  'the request body cannot be read: {}': '无法读取请求体：{1}',
  'it must be JSON in UTF-8, nested at most 32 levels deep': '须为UTF-8编码的JSON，嵌套最多32层',
  'it is not valid JSON': '不是有效的JSON',
  'the request body is larger than {} bytes': '请求体超过 {1} 字节',
  'the request line or the Host header is malformed': '请求行或Host头格式有误',
  'the request is not valid HTTP/1.1 ({})': '请求不是有效的HTTP/1.1（{1}）',
  'it was changed since it was read: If-Match does not name its version':
    '读取之后对象已被修改：If-Match 与其版本不符',
  'billing is {}': '计费{1}',
  'there are no shared load balancers to upgrade: {}': '没有可升级的共享型负载均衡器：{1}',
  'DNS records are kept by your name servers: {}': 'DNS记录由您自己的域名服务器管理：{1}',
  'not applicable to a self-hosted load balancer': '不适用于自建负载均衡器',
  'active/standby pools are not supported until there are layer 4 listeners':
    '在支持四层监听器之前，不支持主备后端服务器组',
  'the server answered with status {}': '服务器返回状态 {1}',
  'the answer is not JSON': '应答不是JSON',
} as const;
