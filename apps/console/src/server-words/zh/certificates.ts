/** Certificates, keys, revocation lists and security policies. */
export const certificates = {
  'must name at most {} domains': '最多 {1} 个域名',
  '"{}" is not a domain name': '“{1}”不是域名',
  '{} is not a name of the certificate, which holds {}': '{1} 不是证书中的域名，证书包含 {2}',
  'no names': '没有域名',
  'must be a list of domain names separated by commas': '须为用逗号分隔的域名列表',
  'is required for server certificates': '服务器证书必填',
  'is only for certificates of type server': '仅用于服务器证书',
  'certificate {} is not that of a certificate authority': '第 {1} 个证书不是CA证书',
  "certificate {} is an intermediate whose issuer is not there: a client's chain is followed to a root, so the root belongs in the bundle too":
    '第 {1} 个证书是中间证书，但缺少其签发者：客户端证书链须追溯到根证书，请一并加入根证书',
  'the first certificate does not match the private key (the leaf must come first)':
    '第一个证书与私钥不匹配（服务器证书须排在最前）',
  'is out of order: certificate {} is the issuer of certificate {} and must follow it':
    '证书链顺序有误：第 {1} 个证书是第 {2} 个证书的签发者，须排在其后',
  'holds no "-----BEGIN CERTIFICATE-----" block; convert DER with "{}" and PKCS#12 with "{}" to PEM first':
    '没有“-----BEGIN CERTIFICATE-----”块；请先转换为PEM：DER用“{1}”，PKCS#12用“{2}”',
  'holds {} certificates; the limit is {}': '共有 {1} 个证书，上限为 {2} 个',
  'certificate {} cannot be read as X.509': '第 {1} 个证书无法按X.509读取',
  'certificate {} is signed with {}, which clients no longer trust':
    '第 {1} 个证书用 {2} 签名，客户端已不再信任',
  'is signed with {}, which clients no longer trust': '用 {1} 签名，客户端已不再信任',
  'certificate {} has an RSA key of {} bits; at least {} are needed':
    '第 {1} 个证书的RSA密钥为 {2} 位，至少需要 {3} 位',
  'has an RSA key of {} bits; at least {} are needed': '的RSA密钥为 {1} 位，至少需要 {2} 位',
  'certificate {} has a key on curve {}; {} can be served': '第 {1} 个证书的密钥使用曲线 {2}，可用曲线为 {3}',
  'has a key on curve {}; {} can be served': '的密钥使用曲线 {1}，可用曲线为 {2}',
  'certificate {} has a key of type {}, which cannot be served': '第 {1} 个证书的密钥类型 {2} 不可用',
  'has a key of type {}, which cannot be served': '的密钥类型 {1} 不可用',
  'is encrypted; decrypt it with "{}" first': '私钥已加密，请先用“{1}”解密',
  'holds {} private keys in PEM form; one is needed': '共有 {1} 个PEM格式的私钥，只需要一个',
  'cannot be read as a private key': '无法作为私钥读取',
  'holds no "-----BEGIN X509 CRL-----" block; convert DER with "{}" first':
    '没有“-----BEGIN X509 CRL-----”块；DER请先用“{1}”转换',
  'holds no list of the authority {}: each one needs its own':
    '缺少签发机构 {1} 的吊销列表：每个机构都需要自己的列表',
  'list {} {}': '第 {1} 个列表{2}',
  'is not of an authority in the bundle': '不属于CA证书中的机构',
  'has run out at {}; with it no client would get in': '已于 {1} 过期，使用它将使所有客户端无法访问',
  'cannot be read as a list of revoked certificates': '无法作为证书吊销列表读取',
  'is signed by an algorithm ({}) that is not taken: SHA-256 or better with RSA or ECDSA, or Ed25519':
    '的签名算法（{1}）不被接受：须为SHA-256或更强的RSA、ECDSA签名，或Ed25519',
  'has a signature that is not of its authority': '的签名不属于其签发机构',
  'does not go with the revocation lists of the bundle; take them away first, then give new ones':
    '与现有的吊销列表不符；请先移除吊销列表，再提供新的',
  'certificate {} is of type {}, not client': '证书 {1} 的类型为 {2}，不是 client',
  'certificate {} is of type {}; authorities are of type client':
    '证书 {1} 的类型为 {2}，CA证书的类型为 client',
  'expired on {}: clients will see an error': '已于 {1} 过期：客户端会看到错误',
  'is not valid before {}': '{1} 之前无效',
  'expires in {} days, on {}': '{1} 天后（{2}）过期',
  'not given': '未提供',
  'does not match': '不匹配',
  'self-signed for a try-out: clients must be told to trust it': '试用的自签名证书：客户端须手动信任',
  '{}: the TLS library of this installation does not have this, see its capabilities':
    '{1}：本系统的TLS库不支持，参见节点能力',
  'none of the ciphers can be used with {}': '没有一个加密套件可用于 {1}',
  'must be a list of one or more of {}': '须为以下一项或多项：{1}',
  '{} is not {} of security policies; {}': '{1} 不是安全策略可用的{2}；{3}',
  'a protocol': '协议版本',
  'a cipher': '加密套件',
  'not in the TLS library of this installation': '本系统的TLS库不支持',
} as const;
