import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aLoadBalancer, makeAuthority, runOrThrow, testAuthority, type WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wizardHands, type WizardHands } from './add-listener-kit.ts';
import { openConsole, type Site } from './open-console.ts';

// Every field of the wizard: when it is there, what it is at first, and what it does not take.

const octet = 1 + (process.pid % 60) * 4;
const tiny = `127.78.${octet}.0/30`;
const wide = `127.78.${octet + 1}.0/26`;

let site: Site;
let hands: WizardHands;
let loadBalancer: WireResource;
const names = ['one.example.test', 'two.example.test'] as const;

beforeAll(async () => {
  site = await openConsole({ arguments: ['--backend-subnets', `${wide},${tiny}`] });
  hands = wizardHands(site);
  const { api } = site.elbow;
  loadBalancer = await aLoadBalancer(site.elbow, {
    name: 'lb-fields',
    l7_flavor_id: '5b1d8c02-5a0c-4c6e-9c3f-000000000701',
  });
  const authority = await testAuthority();
  for (const [at, name] of [names[0], names[1], names[0]].entries()) {
    const files = await authority.issue([name]);
    await api.create('certificate', {
      name: `cert-${at}`,
      type: 'server',
      certificate: files.certificatePem,
      private_key: files.keyPem,
      domain: name,
    });
  }
  const nameless = await authority.issue(['nameless.example.test'], 'rsa');
  await api.create('certificate', {
    name: 'cert-nameless',
    type: 'server',
    certificate: nameless.certificatePem,
    private_key: nameless.keyPem,
  });
  const clients = await makeAuthority('clients');
  await api.create('certificate', {
    name: 'ca-clients',
    type: 'client',
    certificate: clients.certificatePem,
  });
  await api.create('ipgroup', { name: 'empty', ip_list: [] });
  await api.create('ipgroup', { name: 'elsewhere', ip_list: [{ ip: '192.0.2.0/24' }] });
  await api.create('listener', {
    loadbalancer_id: loadBalancer.id,
    name: 'neighbour',
    protocol: 'HTTP',
    protocol_port: 7001,
  });
});
afterAll(() => site?.close());

const main = () => site.page.locator('.wz-main');
const row = (field: string) => main().locator(`[data-field="${field}"]`);
const isThere = (field: string) => row(field).filter({ visible: true }).count();
const remark = (text: string | RegExp) => main().locator('.lf-remarks').getByText(text);

async function fillAndLeave(label: string, value: string): Promise<void> {
  await hands.field(label).fill(value);
  await hands.field(label).blur();
}

describe('step 1, basic part', () => {
  beforeEach(() => hands.open(loadBalancer));

  it('name: made up at first, 1 to 255 characters', async () => {
    expect(await hands.field('Name').inputValue()).toMatch(/^listener-[a-z]{4}$/);
    await fillAndLeave('Name', '');
    await hands.complaint('1 to 255 characters.').waitFor();
    await fillAndLeave('Name', 'a <b> c');
    await hands.complaint('1 to 255 characters.').waitFor();
    await fillAndLeave('Name', 'x'.repeat(256));
    await hands.complaint('1 to 255 characters.').waitFor();
    await fillAndLeave('Name', 'x'.repeat(255));
    await hands.complaint('1 to 255 characters.').waitFor({ state: 'detached' });
  });

  it('protocol: HTTPS at first; TCP and UDP say why they cannot be had', async () => {
    expect(
      await main()
        .getByRole('radio', { name: /^HTTPS/ })
        .isChecked(),
    ).toBe(true);
    for (const protocol of ['TCP', 'UDP']) {
      expect(
        await main()
          .getByRole('radio', {
            name: new RegExp(`^${protocol} Layer 4 is not supported yet`),
          })
          .isDisabled(),
      ).toBe(true);
    }
  });

  it('port: the usual one, 1 to 65535, and not taken', async () => {
    expect(await hands.field('Frontend port').inputValue()).toMatch(/^(443|8443)$/);
    for (const wrong of ['0', '65536', '']) {
      await fillAndLeave('Frontend port', wrong);
      await hands.complaint('Enter a port from 1 to 65535.').waitFor();
    }
    // While typing, not only on leaving.
    await hands.field('Frontend port').fill('7001');
    await hands.complaint('Port 7001 is already used by listener neighbour.').waitFor();
    await hands.field('Frontend port').fill('7002');
    await hands.complaint('Port 7001').waitFor({ state: 'detached' });
  });

  it('HTTPS only: authentication, certificates, SNI, policy; hidden for HTTP and back with what they held', async () => {
    await hands.choose('Server certificate', 'cert-0');
    await hands.advanced();
    for (const field of ['authentication', 'certificate', 'sni', 'policy', 'http2', 'headersTls'])
      expect(await isThere(field), field).toBe(1);
    await hands.pick(/^HTTP Not encrypted/);
    for (const field of [
      'authentication',
      'certificate',
      'sni',
      'policy',
      'http2',
      'headersTls',
      'earlyData',
    ])
      expect(await isThere(field), field).toBe(0);
    for (const field of [
      'access',
      'clientIp',
      'advancedForwarding',
      'headersClient',
      'headersBalancer',
      'compression',
      'retry',
    ])
      expect(await isThere(field), field).toBe(1);
    await hands.pick(/^HTTPS/);
    await row('certificate').getByText('cert-0').waitFor();
  });

  it('server certificate: nothing chosen among several, and needed', async () => {
    await hands.next();
    await hands.complaint('Select a server certificate.').waitFor();
    await site.page.getByText('One field needs attention').waitFor();
    await site.checkAccessibility();
    await site.screenshot('add-listener-1-errors');
  });

  it('CA certificate: with mutual authentication only, and needed', async () => {
    expect(await isThere('authority')).toBe(0);
    await hands.pick(/^Mutual/);
    expect(await isThere('authority')).toBe(1);
    await hands.next();
    await hands.complaint('Select a CA certificate for mutual authentication.').waitFor();
    await hands.choose('CA certificate', 'ca-clients');
    await hands.complaint('Select a CA certificate').waitFor({ state: 'detached' });
    await hands.pick(/^One-way/);
    expect(await isThere('authority')).toBe(0);
  });

  it('SNI: certificates with domains, each domain once', async () => {
    expect(await isThere('sniCertificates')).toBe(0);
    await hands.choose('Server certificate', 'cert-nameless');
    await hands.toggle('Enable SNI');
    await hands.next();
    await hands.complaint('Select at least one certificate.').waitFor();
    await hands.choose('SNI certificate', 'cert-0');
    await hands.choose('SNI certificate', 'cert-1');
    await row('sniCertificates').getByText('domains 2/200 · certificates 2/50').waitFor();
    const option = site.page.locator('.ant-select-item-option-disabled').filter({ hasText: 'cert-nameless' });
    await option.getByText('no domain, which SNI needs').waitFor();
    await hands.choose('SNI certificate', 'cert-2');
    await hands.complaint('one.example.test is already used by certificate cert-0.').waitFor();
    await site.page.keyboard.press('Escape');
    await hands.advanced();
    expect(await isThere('sniMatch')).toBe(1);
    await hands.choose('Wildcard matching', 'Longest suffix');
  });

  it('access control: a group with a list, warnings for an empty one and for locking oneself out', async () => {
    expect(await isThere('ipGroup')).toBe(0);
    await hands.choose('Server certificate', 'cert-0');
    await hands.choose('Access control', 'Whitelist');
    expect(await isThere('ipGroup')).toBe(1);
    await hands.next();
    await hands.complaint('Select an IP address group.').waitFor();
    await hands.choose('IP address group', 'empty');
    await remark('The group is empty: nobody will be able to connect.').waitFor();
    await site.page.keyboard.press('Escape');
    await hands.choose('Access control', 'Blacklist');
    await remark('The group is empty: everybody can connect.').waitFor();
    await hands.choose('Access control', 'Whitelist');
    await hands.choose('IP address group', 'elsewhere');
    await site.page.keyboard.press('Escape');
    await remark(/^Your current address 127\.\d+\.\d+\.\d+ is not in the whitelist\.$/).waitFor();
    await hands.choose('Access control', 'All IP addresses');
    expect(await isThere('ipGroup')).toBe(0);
  });

  it('an IP address group can be made on the way', async () => {
    await hands.choose('Access control', 'Whitelist');
    await row('ipGroup')
      .getByRole('button', { name: /Create IP address group/ })
      .click();
    const drawer = site.page.getByRole('dialog', { name: 'Create IP address group' });
    await drawer.getByRole('textbox', { name: 'Name' }).fill('office');
    await drawer.getByRole('textbox', { name: 'Addresses' }).fill('127.0.0.0/8');
    await drawer.getByRole('button', { name: 'Create IP address group' }).click();
    await drawer.waitFor({ state: 'detached' });
    await row('ipGroup').getByText('office (1 entry)').waitFor();
  });

  it('transfer of the client address is on and cannot be moved; advanced forwarding is on', async () => {
    const fixed = main().getByRole('switch', { name: 'Transfer client IP address' });
    expect([await fixed.isChecked(), await fixed.isDisabled()]).toEqual([true, true]);
    expect(await main().getByRole('switch', { name: 'Advanced forwarding' }).isChecked()).toBe(true);
  });
});

describe('step 1, advanced settings', () => {
  beforeEach(async () => {
    await hands.open(loadBalancer);
    await hands.choose('Server certificate', 'cert-0');
    await hands.advanced();
  });

  it('are folded at first', async () => {
    await hands.advanced();
    expect(await isThere('idleTimeout')).toBe(0);
    await hands.advanced();
    expect(await isThere('idleTimeout')).toBe(1);
  });

  it('security policy: tls-1-2 at first, outdated versions are named', async () => {
    await row('policy').getByText('tls-1-2', { exact: true }).waitFor();
    await hands.choose('Security policy', /^tls-1-0-with-1-3/);
    await remark('Outdated protocol versions.').waitFor();
    await hands.choose('Security policy', /^tls-1-2-fs-with-1-3/);
    await remark('Outdated protocol versions.').waitFor({ state: 'detached' });
  });

  it('0-RTT: only with TLS 1.3; a node without it says why', async () => {
    expect(await isThere('earlyData')).toBe(0);
    await hands.choose('Security policy', /^tls-1-2-fs-with-1-3/);
    expect(await isThere('earlyData')).toBe(1);
    const { json } = await site.elbow.api.call('GET', '/elbow/v1/capabilities');
    const zeroRtt = main().getByRole('switch', { name: '0-RTT' });
    if (json.capabilities.early_data) {
      await zeroRtt.click();
      await remark('Requests may be replayed by an attacker.').waitFor();
      await hands.choose('Security policy', /^tls-1-2\s*1\.2$/);
      await site.page.getByText('0-RTT turned off: the policy has no TLS 1.3.').waitFor();
    } else {
      expect(await zeroRtt.isDisabled()).toBe(true);
      await row('earlyData')
        .getByText(`Not available here: ${json.capabilities.early_data_reason}`)
        .waitFor();
    }
  });

  it('HTTP/2 is on at first', async () => {
    expect(await main().getByRole('switch', { name: 'HTTP/2' }).isChecked()).toBe(true);
  });

  it('headers: only X-Forwarded-Host at first; a custom name while one is on; nothing but append keeps the client', async () => {
    const on = main()
      .locator('.header-row')
      .filter({ has: site.page.locator('[aria-checked=true]') });
    await expect.poll(() => on.count()).toBe(1);
    await on.getByText('X-Forwarded-Host').waitFor();
    const custom = main().getByLabel('Custom name of X-Forwarded-Tls-Sni');
    await expect.poll(() => custom.count()).toBe(0);
    await main()
      .getByRole('switch', { name: /^X-Forwarded-Tls-Sni/ })
      .click();
    await custom.fill('Has Spaces');
    await hands.complaint('1 to 40 characters: lower-case letters, digits, - and _.').waitFor();
    await custom.fill('x-sni');
    await hands.complaint('1 to 40 characters').waitFor({ state: 'detached' });
    await row('forwardedFor').getByText('Remove', { exact: true }).click();
    await remark('Servers will no longer get the client address in X-Forwarded-For.').waitFor();
    await main()
      .getByRole('switch', { name: /^X-Forwarded-ELB-IP/ })
      .click();
    await remark('Has no value until a public address is bound.').waitFor();
  });

  it('headers about client certificates come with mutual authentication', async () => {
    expect(await isThere('headersClientCertificate')).toBe(0);
    await hands.pick(/^Mutual/);
    expect(await isThere('headersClientCertificate')).toBe(1);
    await expect.poll(() => row('headersClientCertificate').getByRole('switch').count()).toBe(8);
  });

  it('timeouts: 60 s at first, each with its range', async () => {
    for (const [label, says, wrong] of [
      ['Idle timeout', '0 to 4000.', '4001'],
      ['Request timeout', '1 to 300.', '0'],
      ['Response timeout', '1 to 300.', '301'],
    ] as const) {
      const number = main().getByRole('spinbutton', { name: label });
      expect(await number.inputValue()).toBe('60');
      await number.fill(wrong);
      await number.blur();
      await hands.complaint(says).waitFor();
      await number.fill('10');
      await hands.complaint(says).waitFor({ state: 'detached' });
    }
    await main().getByRole('spinbutton', { name: 'Idle timeout' }).fill('0');
    await remark('Keep-alive is off: every request opens a new connection.').waitFor();
  });

  it('limits: unlimited at first, 1 to 1000000, and what the specification allows counts', async () => {
    for (const [field, label] of [
      ['newConnections', 'Maximum new connections per AZ'],
      ['connections', 'Maximum concurrent connections per AZ'],
    ] as const) {
      const limit = main().getByLabel(`${label}: limit`);
      await expect.poll(() => limit.count()).toBe(0);
      await row(field).getByRole('radio', { name: 'Limit request' }).click();
      for (const wrong of ['0', '1000001']) {
        await limit.fill(wrong);
        await row(field).getByText('1 to 1000000.').waitFor();
      }
      await limit.fill('999999');
      await remark(/^The specification allows (200|200,000); that value will be used\.$/)
        .last()
        .waitFor();
      await limit.fill('5');
      await row(field).getByRole('radio', { name: 'Unlimited' }).click();
      await expect.poll(() => limit.count()).toBe(0);
    }
  });

  it('tags: at most 10 here, a key once and of the right characters', async () => {
    const add = row('tags').getByRole('button', { name: /^plus Add tag/ });
    await add.click();
    await main().getByLabel('Key 1').fill('team');
    await add.click();
    await main().getByLabel('Key 2').fill('team');
    await hands.complaint('Key already used.').waitFor();
    await main().getByLabel('Key 2').fill('a=b');
    await hands.complaint('Key: 1 to 128 characters').first().waitFor();
    for (let count = 2; count < 10; count += 1) await add.click();
    expect(await add.isDisabled()).toBe(true);
  });

  it('description, and protection with a reason', async () => {
    await fillAndLeave('Description', 'x'.repeat(256));
    await hands.complaint('At most 255 characters.').waitFor();
    await fillAndLeave('Description', 'fine');
    await hands.complaint('At most 255 characters.').waitFor({ state: 'detached' });
    expect(await isThere('protectionReason')).toBe(0);
    await hands.toggle('Modification protection');
    await fillAndLeave('Reason', 'no <markup>');
    await hands.complaint('At most 255 characters, without < and >.').waitFor();
  });

  it('all that is wrong is listed on Next, and leads to its field', async () => {
    await fillAndLeave('Name', '');
    await main().getByRole('spinbutton', { name: 'Idle timeout' }).fill('5000');
    await hands.advanced();
    await hands.next();
    const list = site.page.getByRole('alert').filter({ hasText: '2 fields need attention' });
    await list.waitFor();
    await list.getByRole('button', { name: 'Idle timeout' }).click();
    await expect
      .poll(() => site.page.evaluate('document.activeElement.id'))
      .toBe('listener_keepalive_timeout');
  });

  it('help follows the focus and knows the names of older consoles', async () => {
    const help = site.page.getByRole('complementary', { name: 'Help' });
    await main().getByRole('spinbutton', { name: 'Response timeout' }).focus();
    await help.getByText('How long a backend server may be silent.').waitFor();
    await help.getByLabel('Find a setting').fill('Transfer Load Balancer EIP');
    await help.getByRole('button', { name: /Load balancer information/ }).click();
    await help.getByRole('heading', { name: 'Load balancer information' }).waitFor();
    await main().getByRole('combobox', { name: 'Security policy' }).focus();
    await help.getByText('Versions of the default policies').waitFor();
    await site.checkAccessibility();
  });
});

describe('steps 2 and 3', () => {
  it('group: fields come and go with the algorithm, with ranges of their own', async () => {
    await hands.open(loadBalancer);
    await hands.choose('Server certificate', 'cert-0');
    await hands.goOn('Configure request routing policy');
    // There is no group that could be used.
    expect(
      await main()
        .getByRole('radio', { name: /^Create new/ })
        .isChecked(),
    ).toBe(true);
    expect(await hands.field('Group name').inputValue()).toMatch(/^server_group-[a-z]{4}$/);
    expect(await isThere('stickyType')).toBe(0);
    await hands.toggle('Sticky session');
    expect(await isThere('cookieName')).toBe(0);
    await hands.choose('Sticky session type', 'Application cookie');
    await fillAndLeave('Cookie name', 'no spaces');
    await hands.complaint('Letters, digits, - _ . ; up to 1024.').waitFor();
    await fillAndLeave('Cookie name', 'SESSION');
    expect(await hands.field('Stickiness duration').inputValue()).toBe('20');
    await fillAndLeave('Stickiness duration', '1441');
    await hands.complaint('1 to 1440.').waitFor();
    await fillAndLeave('Stickiness duration', '20');
    await hands.toggle('Slow start');
    await fillAndLeave('Slow start duration', '29');
    await hands.complaint('30 to 1200.').waitFor();
    await fillAndLeave('Slow start duration', '30');
    await hands.pick(/^Weighted least connections/);
    expect([await isThere('slowStart'), await isThere('sticky')]).toEqual([0, 1]);
    await hands.pick(/^Source IP hash/);
    expect([await isThere('slowStart'), await isThere('sticky')]).toEqual([0, 0]);
    await hands.pick(/^Use existing/);
    await hands.next();
    await hands.complaint('Select a group.').waitFor();
  });

  it('gRPC wants HTTP/2, and a button turns it on', async () => {
    await hands.open(loadBalancer);
    await hands.choose('Server certificate', 'cert-0');
    await hands.advanced();
    await hands.toggle('HTTP/2');
    await hands.goOn('Configure request routing policy');
    await hands.choose('Backend protocol', 'GRPC');
    await site.page.getByText('gRPC groups need HTTP/2.').waitFor();
    await site.page.getByRole('button', { name: 'Turn on' }).click();
    await site.page.getByText('gRPC groups need HTTP/2.').waitFor({ state: 'detached' });
  });

  it('servers: lines and rows are judged, ports and weights are set for all', async () => {
    await hands.open(loadBalancer);
    await hands.choose('Server certificate', 'cert-0');
    await hands.goOn('Configure request routing policy');
    await hands.goOn('Add backend server');
    await main().getByText('No servers yet: requests will get 503.').waitFor();
    const lines = main().getByLabel(/^Paste addresses/);
    await lines.fill('10.0.0.300:80\n10.0.0.5\n10.0.0.5:80 101');
    for (const text of ['Line 1: Enter an IPv4', 'Line 2: Port: 1 to 65535.', 'Line 3: Weight: 0 to 100.'])
      await main().getByText(text).waitFor();
    expect(
      await main()
        .getByRole('button', { name: /^Add lines/ })
        .isDisabled(),
    ).toBe(true);
    await hands.paste('10.0.0.5:8080 3 web-1\n10.0.0.6 8080\n[fd00::7]:8080 0');
    await expect.poll(() => main().getByLabel('Address of server 3').inputValue()).toBe('fd00::7');
    await main().getByText('Receives no traffic.').waitFor();
    await main().getByLabel('Address of server 2').fill('10.0.0.5');
    await main().getByText('Address and port already in this group.').waitFor();
    await hands.next();
    expect(new URL(site.page.url()).searchParams.get('step')).toBe('members');
    await main().getByLabel('Address of server 2').fill('10.0.0.6');
    await main().getByLabel('Port for all').fill('9090');
    await main().getByLabel('Weight for all').fill('7');
    await main().getByRole('button', { name: 'Apply' }).click();
    expect(await main().getByLabel('Port of server 3').inputValue()).toBe('9090');
    expect(await main().getByLabel('Weight of server 1').inputValue()).toBe('7');
    await main().getByRole('button', { name: 'Remove server 3' }).click();
    await expect.poll(() => main().getByLabel('Address of server 3').count()).toBe(0);
  });

  it('health check: fields go with the protocol, and the time until it notices is worked out', async () => {
    for (const label of ['Path', 'Method', 'Expected status'])
      await expect.poll(() => hands.field(label).count(), { message: label }).toBe(1);
    await fillAndLeave('Path', 'no-slash');
    await hands.complaint('Starts with /, at most 80 characters.').waitFor();
    await fillAndLeave('Path', '/health');
    await fillAndLeave('Expected status', '20');
    await hands.complaint('Codes like 200, 200-204; up to 5.').waitFor();
    await fillAndLeave('Expected status', '200-204,301');
    await fillAndLeave('Port', '65536');
    await hands.complaint('Enter a port from 1 to 65535.').waitFor();
    await fillAndLeave('Port', '');
    await main().getByRole('radio', { name: 'Custom' }).click();
    await fillAndLeave('Domain name: Custom', '-bad');
    await hands.complaint('1 to 100 characters, labels up to 63, letters digits - .').waitFor();
    await main().getByRole('radio', { name: 'Load balancer address' }).click();
    await main()
      .getByRole('button', { name: /^right Timing/ })
      .click();
    await main()
      .getByText('A failed server is taken out after about 19 s, a recovered one returns after about 19 s.')
      .waitFor();
    await fillAndLeave('Interval', '51');
    await hands.complaint('1 to 50.').waitFor();
    await fillAndLeave('Interval', '3');
    await remark('The timeout is not shorter than the interval.').waitFor();
    await fillAndLeave('Healthy after', '11');
    await hands.complaint('1 to 10.').waitFor();
    await fillAndLeave('Healthy after', '3');
    await hands.choose('Protocol', 'TCP');
    for (const label of ['Path', 'Method', 'Expected status'])
      await expect.poll(() => hands.field(label).count(), { message: label }).toBe(0);
    await hands.toggle('Health check');
    await remark('Traffic may go to dead servers.').waitFor();
    await expect.poll(() => hands.field('Protocol').count()).toBe(0);
  });
});

describe('what the nodes cannot offer', () => {
  /** As a load balancer answers whose nodes were built without any of it. */
  const lacking = [
    'http2',
    'compression',
    'member_retry',
    'cps_limit',
    'connection_limit',
    'advanced_forwarding',
  ];

  it('is shown, locked, with the reason', async () => {
    await site.page.route('**/features', (route) =>
      route.fulfill({
        json: {
          features: lacking.map((feature) => ({
            feature,
            type: 'BOOL',
            value: 'false',
            reason: `az1: this node has no ${feature}`,
          })),
        },
      }),
    );
    await hands.open(loadBalancer);
    await main().getByText('Not available here: this node has no advanced_forwarding').waitFor();
    await hands.choose('Server certificate', 'cert-0');
    await hands.advanced();
    for (const [field, feature] of [
      ['http2', 'http2'],
      ['compression', 'compression'],
      ['retry', 'member_retry'],
      ['newConnections', 'cps_limit'],
      ['connections', 'connection_limit'],
    ] as const)
      await row(field).getByText(`Not available here: this node has no ${feature}`).waitFor();
    for (const name of ['Data compression', 'Retry on other backend servers'])
      expect(await main().getByRole('switch', { name }).isDisabled(), name).toBe(true);
    for (const field of ['newConnections', 'connections'])
      expect(await row(field).getByRole('radio', { name: 'Limit request' }).isDisabled(), field).toBe(true);
    await site.checkAccessibility();
    await site.page.unroute('**/features');
  });

  it('0-RTT says which engine has none', async () => {
    const other = await openConsole({ arguments: ['--tls-engine', 'node'] });
    try {
      const balancer = await aLoadBalancer(other.elbow, {});
      const elsewhere = wizardHands(other);
      await elsewhere.open(balancer);
      await elsewhere.advanced();
      await elsewhere.choose('Security policy', /^tls-1-2-fs-with-1-3/);
      const zeroRtt = other.page.getByRole('switch', { name: '0-RTT' });
      await other.page.getByText(/Not available here: node .* tls_engine is set to node/).waitFor();
      expect(await zeroRtt.isDisabled()).toBe(true);
    } finally {
      await other.close();
    }
  });
});

describe('what is in the way', () => {
  it('a network load balancer takes no HTTPS', async () => {
    const network = await aLoadBalancer(site.elbow, { l4_flavor_id: '5b1d8c02-5a0c-4c6e-9c3f-000000000401' });
    await hands.open(network);
    const https = main().getByRole('radio', {
      name: /^HTTPS This load balancer supports network load balancing only\./,
    });
    expect(await https.isDisabled()).toBe(true);
  });

  it('a backend subnet that has run out is shown before Submit, with a way to add one', async () => {
    const { json } = await site.elbow.api.call('GET', '/elbow/v1/subnets');
    const subnet = json.subnets.find(({ cidr }: { cidr: string }) => cidr === tiny);
    const short = await aLoadBalancer(site.elbow, { elb_virsubnet_ids: [subnet.network_id] });
    await hands.open(short);
    await hands.choose('Server certificate', 'cert-0');
    const alert = site.page
      .getByRole('alert')
      .filter({ hasText: /Not enough addresses in the backend subnet: 0 free, 1 needed\./ });
    await alert.waitFor();
    await site.screenshot('add-listener-1-subnet');
    await alert.getByRole('link', { name: 'Add a subnet' }).click();
    await site.page.waitForURL(`**/lbs/${short.id}/summary`);
  });

  it('a certificate that has expired or soon will, and one that no suite fits', async () => {
    const { api } = site.elbow;
    const old = await anExpiredCertificate();
    await api.create('certificate', { name: 'cert-old', type: 'server', ...old });
    const policies = await api.call('POST', 'security-policies', {
      security_policy: {
        name: 'ecdsa only',
        protocols: ['TLSv1.2'],
        ciphers: ['ECDHE-ECDSA-AES128-GCM-SHA256'],
      },
    });
    expect(policies.status).toBe(201);
    await hands.open(loadBalancer);
    await hands.choose('Server certificate', 'cert-0');
    await remark(/^Certificate cert-0 expires on \d{4}-\d\d-\d\d, in \d+ days\.$/).waitFor();
    await hands.choose('Server certificate', 'cert-nameless');
    await hands.advanced();
    // Typing finds what is far down the list.
    await hands.field('Security policy').fill('ecdsa');
    await hands.choose('Security policy', 'ecdsa only');
    await remark(/^No suite of the security policy fits the RSA key of certificate cert-nameless/).waitFor();
    await hands.choose('Server certificate', 'cert-old');
    await remark(/^This certificate expired on \d{4}-\d\d-\d\d\. Clients will see an error\.$/).waitFor();
    // It is no reason not to go on.
    await hands.goOn('Configure request routing policy');
  });
});

describe('in Chinese and in the dark', () => {
  it('the wizard is all there, and accessible', async () => {
    const other = await openConsole({ language: 'zh', theme: 'dark' });
    try {
      const balancer = await aLoadBalancer(other.elbow, { name: 'lb-zh' });
      await other.goto(`/lbs/${balancer.id}/listeners/new`);
      const { page } = other;
      await page.getByRole('heading', { name: '添加监听器' }).waitFor();
      await other.checkAccessibility();
      await other.screenshot('add-listener-1-zh-dark');
      await page.getByRole('button', { name: /高级配置/ }).click();
      await page.getByRole('combobox', { name: '安全策略' }).focus();
      await page.getByText('默认策略支持的版本').waitFor();
      await other.checkAccessibility();
      await page.getByRole('button', { name: /^下一步/ }).click();
      await page.getByText('请选择服务器证书。').first().waitFor();
      await other.checkAccessibility();
    } finally {
      await other.close();
    }
  });
});

/** Valid until yesterday. */
async function anExpiredCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'elbow-expired-'));
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const files = {
    key: join(folder, 'key.pem'),
    request: join(folder, 'request.pem'),
    certificate: join(folder, 'certificate.pem'),
  };
  const wish = ['req', ...kind, '-subj', '/CN=old.example.test', '-keyout', files.key, '-out', files.request];
  await runOrThrow('openssl', wish);
  const dated = ['-signkey', files.key, '-days', '-1', '-out', files.certificate];
  await runOrThrow('openssl', ['x509', '-req', '-in', files.request, ...dated]);
  const pems = {
    certificate: readFileSync(files.certificate, 'utf8'),
    private_key: readFileSync(files.key, 'utf8'),
  };
  rmSync(folder, { recursive: true });
  return pems;
}
