/** One entry for each field that can be focused: what it does, what it is unless changed, and what to mind. */
export const help = {
  name: { what: 'What people call the listener. Names may repeat; the ID never does.', usual: '', mind: '' },
  protocol: {
    what: 'What clients speak. With HTTPS the load balancer holds the certificate, decrypts requests and can look at them before they go on.',
    usual: 'HTTPS',
    mind: 'It stays as it is once the listener exists. To change it, add another listener.',
  },
  port: {
    what: 'Where clients connect. Each port of a load balancer belongs to one listener.',
    usual: '443 for HTTPS, 80 for HTTP',
    mind: 'It stays as it is. A listener can be copied to another port.',
  },
  authentication: {
    what: 'One-way: the load balancer proves who it is. Mutual: clients have to show a certificate as well, signed by an authority that you choose.',
    usual: 'One-way',
    mind: 'With mutual authentication a client without a valid certificate gets the answer 400, and nothing reaches a backend server.',
  },
  authority: {
    what: 'Certificates of the authorities that sign client certificates. A client is let in when its chain ends at one of them.',
    usual: '',
    mind: 'Another authority ends the tickets of earlier sessions: clients have to prove themselves again.',
  },
  certificate: {
    what: 'The certificate with its private key that clients get to see. It is also the one for names that no SNI certificate covers.',
    usual: 'Chosen for you when there is only one',
    mind: 'A new certificate counts for new connections. Open ones keep the one they began with.',
  },
  sni: {
    what: 'Clients name the host they want when they connect. With SNI the load balancer shows a certificate for that very name.',
    usual: 'Off',
    mind: 'Clients that name no host, or one without a certificate, get the server certificate. They are not turned away.',
  },
  sniCertificates: {
    what: 'Server certificates that carry the domains they are for. Up to 50 of them with 200 domains in all.',
    usual: '',
    mind: 'One domain may be on two certificates only if one key is RSA and the other ECC. Clients that can use ECC get that one.',
  },
  sniMatch: {
    what: 'How far a star reaches. One level: *.a.com covers x.a.com but not y.x.a.com. Longest suffix: *.a.com covers both, and the most specific certificate wins.',
    usual: 'One level',
    mind: 'Browsers refuse a star certificate for a deeper name, whatever is chosen here.',
  },
  access: {
    what: 'Who may connect at all. A whitelist lets in only the addresses of its groups, a blacklist everybody else.',
    usual: 'All IP addresses',
    mind: 'Others see a reset connection, no answer. Connections that are open already are not cut.',
  },
  ipGroup: {
    what: 'A named list of addresses and networks. Several listeners can share one.',
    usual: '',
    mind: 'An empty whitelist keeps everybody out, an empty blacklist nobody.',
  },
  clientIp: {
    what: 'Backend servers see the connection of the load balancer. The address of the client travels in X-Forwarded-For.',
    usual: 'Always on',
    mind: '',
  },
  advancedForwarding: {
    what: 'Forwarding policies can then look at methods, headers, cookies, query strings and addresses, run in an order that you choose, rewrite, answer and limit.',
    usual: 'On',
    mind: 'It cannot be turned off again.',
  },
  policy: {
    what: 'TLS versions and cipher suites that clients may use. Built-in policies never change; custom ones are yours.',
    usual: 'tls-1-2. Recommended: tls-1-2-fs-with-1-3',
    mind: 'TLS 1.0 and 1.1 are outdated. A policy without TLS 1.3 rules out 0-RTT.',
  },
  earlyData: {
    what: 'A client that was here before may send its request together with the first message, which saves a round trip.',
    usual: 'Off',
    mind: 'Such a request can be replayed by somebody who recorded it. Only GET, HEAD and OPTIONS without a body are let through early, marked with Early-Data: 1.',
  },
  http2: {
    what: 'Many requests at a time over one connection, with short headers. Clients that do not know it go on with HTTP/1.1.',
    usual: 'On in this form, off in the API',
    mind: 'Groups that speak gRPC need it.',
  },
  forwardedFor: {
    what: 'Append adds the address of the client to what the request already holds. Remove takes the field out. Preserve leaves it alone.',
    usual: 'Append',
    mind: 'All but the last address come from the client and can be made up. Trust only what your own load balancers added.',
  },
  headersClient: {
    what: 'Fields about the client that every request to a backend server gets. What a client sends under the same name is overwritten.',
    usual: 'X-Forwarded-Host',
    mind: '',
  },
  headersBalancer: {
    what: 'Fields that say through which load balancer, port and protocol a request came.',
    usual: 'None',
    mind: 'X-Forwarded-ELB-IP stays away while the load balancer has no public address.',
  },
  headersTls: {
    what: 'Fields about the TLS connection of the client. Each can be sent under a name of your own.',
    usual: 'None',
    mind: '',
  },
  headersClientCertificate: {
    what: 'Fields from the certificate of the client: who it is, who signed it, and whether it was found valid.',
    usual: 'None',
    mind: 'Clients cannot smuggle these in: what they send under such a name never arrives.',
  },
  compression: {
    what: 'Answers with status 200, 403 or 404 are packed with Brotli or gzip when the client takes it and the content is HTML, XML, plain text, CSS, JavaScript, RSS, Atom or JSON.',
    usual: 'Off',
    mind: 'Pages that mix secrets with what visitors send can leak them through their packed size (BREACH).',
  },
  retry: {
    what: 'When a backend server cannot be reached or does not answer in time, the request goes to another one of the group, four times at most. Then the client gets 502 or 504.',
    usual: 'On',
    mind: 'POST, PATCH and DELETE are not sent again once a part of them went out.',
  },
  idleTimeout: {
    what: 'How long a connection without a request stays open.',
    usual: '60 s',
    mind: '0 turns keep-alive off: every request opens a connection of its own.',
  },
  requestTimeout: {
    what: 'How long a client may take to send its request. Then the connection is closed.',
    usual: '60 s',
    mind: '',
  },
  responseTimeout: {
    what: 'How long a backend server may be silent. Then another one is tried, and in the end the client gets 504.',
    usual: '60 s',
    mind: 'A WebSocket is closed after as much silence.',
  },
  newConnections: {
    what: 'How many connections per second the listener takes on each node. More are reset.',
    usual: 'Unlimited',
    mind: 'If the specification of the load balancer allows less, that counts.',
  },
  connections: {
    what: 'How many connections may be open at a time on each node. More are reset.',
    usual: 'Unlimited',
    mind: 'A lower limit does not close connections that are open.',
  },
  tags: {
    what: 'Keys with values, to find listeners again by team, purpose or cost.',
    usual: 'None',
    mind: 'Each key once.',
  },
  description: { what: 'Anything worth knowing, up to 255 characters.', usual: '', mind: '' },
  protection: {
    what: 'The console then asks twice before it changes the listener, and shows the reason.',
    usual: 'Off',
    mind: 'It is a guard against mistakes in the console. The API works as before.',
  },
  pool: {
    what: 'The servers that answer. A group that serves other listeners can be used again here.',
    usual: 'An existing group if one fits',
    mind: '',
  },
  poolType: {
    what: 'IP: servers are any addresses that can be reached. Hybrid: servers may also be named by the subnet they are in.',
    usual: 'IP',
    mind: '',
  },
  poolProtocol: {
    what: 'What the load balancer speaks to the servers. HTTPS encrypts anew, gRPC needs HTTP/2 on the listener.',
    usual: 'HTTP',
    mind: 'It stays as it is once the group exists.',
  },
  algorithm: {
    what: 'Weighted round robin takes turns by weight. Weighted least connections prefers the server with the fewest requests in flight. Source IP hash keeps a client address at one server.',
    usual: 'Weighted round robin',
    mind: '',
  },
  sticky: {
    what: 'A visitor stays at the server that answered first, remembered by a cookie of the load balancer or of your application.',
    usual: 'Off',
    mind: 'While its server is down, a visitor goes to another one.',
  },
  slowStart: {
    what: 'A server that is new or back gets its share little by little, so that caches can warm up.',
    usual: 'Off',
    mind: '',
  },
  failOpen: {
    what: 'When no server is healthy, requests go to all of them instead of being answered with 503.',
    usual: 'Off',
    mind: '',
  },
  removalProtection: {
    what: 'Nobody can remove a server from the group while it is on.',
    usual: 'Off',
    mind: '',
  },
  servers: {
    what: 'Addresses and ports that requests are forwarded to. Paste many lines at once: address, port, weight and name.',
    usual: 'Weight 1',
    mind: 'A server with weight 0 gets no requests. Without any server clients get 503.',
  },
  healthCheck: {
    what: 'Every node asks every server in turn. One that fails several times gets no more requests until it is well again.',
    usual: 'On, HTTP GET / every 5 s',
    mind: 'Without it requests also go to servers that are down.',
  },
} as const;
