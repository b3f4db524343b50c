import {
  aLoadBalancer,
  makeAuthority,
  runCommand,
  type ScriptedBackend,
  scriptedBackend,
  serverName,
  testAuthority,
  untilMember,
  type WireResource,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wizardHands, type WizardHands } from './add-listener-kit.ts';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let hands: WizardHands;
let loadBalancer: WireResource;
let backends: readonly ScriptedBackend[];

beforeAll(async () => {
  site = await openConsole();
  hands = wizardHands(site);
  loadBalancer = await aLoadBalancer(site.elbow, { name: 'lb-web' });
  backends = [await scriptedBackend(), await scriptedBackend()];
});
afterAll(async () => {
  await Promise.all((backends ?? []).map((backend) => backend.stop()));
  await site?.close();
});

const detailOf = async (name: string) => {
  await site.page.waitForURL('**/listeners/*/summary');
  await site.page.getByRole('heading', { name }).waitFor();
};

/** Says nothing but what it is asked to write about the answer. */
const quiet = ['-sS', '--noproxy', '*', '--max-time', '20', '-o', '/dev/null', '-w'];

async function curl(port: number, ...words: readonly string[]) {
  const { certificateFile } = await testAuthority();
  const route = `::${loadBalancer['vip_address']}:${port}`;
  const trust = ['--cacert', certificateFile, '--connect-to', route, ...words];
  const url = `https://${serverName}:${port}/hello`;
  return runCommand('curl', [...quiet, '%{http_code} %{http_version}', ...trust, url]);
}

async function addCertificate(kind: string, pem: { readonly certificate: string; readonly key?: string }) {
  const { page } = site;
  await page
    .locator(`[data-field="${kind}"]`)
    .getByRole('button', { name: /Add certificate/ })
    .click();
  const drawer = page.getByRole('dialog', { name: 'Add certificate' });
  await drawer.getByRole('textbox', { name: 'Certificate content' }).fill(pem.certificate);
  if (pem.key !== undefined) await drawer.getByRole('textbox', { name: 'Private key' }).fill(pem.key);
  await drawer.getByRole('textbox', { name: 'Name' }).fill(`by hand, ${kind}`);
  await drawer.getByRole('button', { name: 'Add certificate' }).click();
  await drawer.waitFor({ state: 'detached' });
  await page.locator(`[data-field="${kind}"]`).getByText(`by hand, ${kind}`).waitFor();
}

describe('the procedure, one-way', () => {
  it('begins at the list of load balancers', async () => {
    await site.goto('/lbs');
    await site.page.getByRole('link', { name: 'lb-web' }).click();
    await site.page.getByRole('tab', { name: 'Listeners' }).click();
    await site.page.getByRole('button', { name: 'Add listener' }).first().click();
    await site.page.waitForURL('**/listeners/new');
    await hands.field('Name').fill('web');
    await site.checkAccessibility();
    await site.screenshot('add-listener-1');
  });

  it('takes a certificate that is added on the way', async () => {
    const files = await (await testAuthority()).issue([serverName]);
    await hands.field('Frontend port').fill('8443');
    await addCertificate('certificate', { certificate: files.certificatePem, key: files.keyPem });
    await hands.advanced();
    await hands.choose('Security policy', 'tls-1-2-fs-with-1-3');
    await hands.toggle('X-Forwarded-Proto protocol of the listener');
    await site.checkAccessibility();
    await site.screenshot('add-listener-1-advanced');
  });

  it('makes a new group', async () => {
    await hands.goOn('Configure request routing policy');
    await hands.field('Group name').fill('group-web');
    await site.checkAccessibility();
    await site.screenshot('add-listener-2');
  });

  it('takes servers as lines, and a health check', async () => {
    await hands.goOn('Add backend server');
    await hands.paste(backends.map(({ address, port }) => `${address}:${port} 10 ${port}`).join('\n'));
    await expect.poll(() => site.page.locator('.members tbody tr.ant-table-row').count()).toBe(2);
    await site.checkAccessibility();
    await site.screenshot('add-listener-3');
  });

  it('tests the connection to a server that is not there yet', async () => {
    const { page } = site;
    const [, other] = backends;
    const answers = other?.script;
    if (other === undefined || answers === undefined) throw new Error('there are two servers');
    await page.getByRole('button', { name: 'Test connection of server 1' }).click();
    const found = page.locator('.member-probe');
    await found.getByText('Reached').waitFor();
    await found.getByText('Transcript').click();
    await found.getByText('status 200').waitFor();
    other.script = () => ({ kind: 'answer', status: 503 });
    await page.getByRole('button', { name: 'Test connection of server 2' }).click();
    await found.getByText('Failed').waitFor();
    await found
      .getByText(/with 503; expected 200/)
      .first()
      .waitFor();
    other.script = answers;
    await site.checkAccessibility();
    await site.screenshot('add-listener-3-tested');
    // Another port is another place: what was found of the old one goes.
    const port = hands.field('Port of server 2');
    await port.fill('1');
    await expect.poll(() => found.getByText('Failed').count()).toBe(0);
    await port.fill(`${other.port}`);
    await found.getByText('Failed').waitFor();
    expect(await site.elbow.api.list('pool')).toHaveLength(0);
  });

  it('shows what will happen, as the server has tried it', async () => {
    await hands.goOn('Confirm');
    const plan = site.page.getByRole('region', { name: 'What will happen' });
    await plan.getByText(`https://${loadBalancer['vip_address']}:8443`).waitFor();
    await plan.getByText('2 backend servers').waitFor();
    await plan.getByText('The server has tried this: it will work.').waitFor();
    await plan.getByText('A certificate expires soon').waitFor();
    expect(await site.elbow.api.list('listener')).toHaveLength(0);
    expect(await site.elbow.api.list('pool')).toHaveLength(0);
    await site.page.locator('dd strong', { hasText: 'tls-1-2-fs-with-1-3' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('add-listener-4');
  });

  it('compares the names that clients will use with the certificate', async () => {
    const names = site.page.getByRole('combobox', { name: /^Host names that clients will use/ });
    await names.fill('other.example.test');
    await names.press('Enter');
    await site.page.getByText('Other.example.test is in none of the certificates.').waitFor();
  });

  it('is live when the page of the listener comes, and says after how many milliseconds', async () => {
    await hands.submit();
    await detailOf('web');
    await site.page.getByText(/Every worker served it \d+ ms after you submitted/).waitFor();
    await site.page.getByText(/^Live on every worker in \d+ ms$/).waitFor();
    await site.page.getByText(/curl -i -k --connect-to/).waitFor();
    await site.checkAccessibility();
    await site.screenshot('listener-created');
  });

  it('serves real requests at once', async () => {
    const [listener] = await site.elbow.api.list('listener');
    expect(listener).toMatchObject({
      name: 'web',
      protocol: 'HTTPS',
      protocol_port: 8443,
      http2_enable: true,
    });
    for (const member of await site.elbow.api.members(listener?.['default_pool_id']))
      await untilMember(site.elbow, { poolId: listener?.['default_pool_id'], id: member.id }, 'ONLINE');
    for (const backend of backends) backend.forget();
    for (let round = 0; round < 4; round += 1)
      expect(await curl(8443)).toMatchObject({ code: 0, stdout: '200 2' });
    const seen = backends.flatMap(({ requests }) => requests.filter(({ target }) => target === '/hello'));
    expect(seen).toHaveLength(4);
    for (const { headers } of seen)
      expect(headers.map(([name, value]) => `${name}: ${value}`)).toContain('X-Forwarded-Proto: https');
  });
});

describe('the procedure, mutual', () => {
  it('asks for an authority and uses an existing group', async () => {
    const authority = await makeAuthority('clients');
    await hands.open(loadBalancer);
    await hands.field('Name').fill('web-mutual');
    await hands.field('Frontend port').fill('9443');
    await hands.pick(/^Mutual/);
    await hands.next();
    await hands.complaint('Select a CA certificate for mutual authentication.').waitFor();
    await addCertificate('authority', { certificate: authority.certificatePem });
    await site.checkAccessibility();
    await site.screenshot('add-listener-1-mutual');
    await hands.goOn('Configure request routing policy');
    await hands.choose('Choose a group', 'group-web');
    await site.checkAccessibility();
    await site.screenshot('add-listener-2-existing');
    // The group has its servers already.
    await hands.goOn('Confirm');
    await site.page.getByText('Requests go to the group group-web, which stays as it is').waitFor();
    await site.checkAccessibility();
    await hands.submit();
    await detailOf('web-mutual');
    const client = await authority.issue(['client.example.test']);
    const stranger = await (await makeAuthority('strangers')).issue(['client.example.test']);
    const keys = ({ certificateFile, keyFile }: typeof client) => [
      '--cert',
      certificateFile,
      '--key',
      keyFile,
    ];
    expect((await curl(9443)).stdout).toBe('400 2');
    expect((await curl(9443, ...keys(stranger))).stdout).toBe('400 2');
    expect((await curl(9443, ...keys(client))).stdout).toBe('200 2');
  });
});

describe('a half-filled wizard', () => {
  it('survives a look at other pages, and the buttons of the browser', async () => {
    const { page } = site;
    await hands.open(loadBalancer);
    await hands.field('Name').fill('half-filled');
    await hands.field('Frontend port').fill('8555');
    await hands.choose('Server certificate', 'by hand, certificate');
    await hands.goOn('Configure request routing policy');
    await page.goBack();
    await hands.field('Frontend port').waitFor();
    expect(await hands.field('Name').inputValue()).toBe('half-filled');
    await page.goForward();
    await page.locator('.wz-step-here').getByText('Configure request routing policy').waitFor();
    await page.getByRole('navigation', { name: 'Main navigation' }).getByText('Certificates').click();
    await page.getByRole('heading', { name: 'Certificates', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Previous' }).click();
    expect(await hands.field('Name').inputValue()).toBe('half-filled');
    expect(await hands.field('Frontend port').inputValue()).toBe('8555');
  });

  it('is forgotten when it is cancelled', async () => {
    await site.page.getByRole('button', { name: 'Cancel' }).click();
    await site.page.waitForURL(`**/lbs/${loadBalancer.id}/listeners`);
    await site.page.getByRole('button', { name: 'Add listener' }).first().click();
    await hands.field('Name').waitFor();
    expect(await hands.field('Name').inputValue()).toMatch(/^listener-[a-z]{4}$/);
  });

  it('may be left while it still asks what there is to choose from', async () => {
    const { page } = site;
    await site.goto(`/lbs/${loadBalancer.id}/listeners`);
    const asked = ['certificates', 'pools'].map(async (kind) => {
      const firstOnes = new RegExp(`/elb/${kind}\\?.*limit=[12]$`);
      const { promise, resolve } = Promise.withResolvers<void>();
      await page.route(firstOnes, () => resolve());
      return { promise };
    });
    const waiting = await Promise.all(asked);
    await page.getByRole('button', { name: 'Add listener' }).first().click();
    await Promise.all(waiting.map(({ promise }) => promise));
    await page.getByRole('navigation', { name: 'Main navigation' }).getByText('Certificates').click();
    await page.getByRole('heading', { name: 'Certificates', level: 1 }).waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await site.calm();
    site.checkQuiet();
  });
});

describe('a submit that the server refuses', () => {
  it('leaves nothing half-created and leads to the field', async () => {
    const { api } = site.elbow;
    site.expectError(/409|400/);
    await hands.open(loadBalancer);
    await hands.field('Name').fill('too late');
    await hands.field('Frontend port').fill('8777');
    await hands.choose('Server certificate', 'by hand, certificate');
    await hands.goOn('Configure request routing policy');
    await hands.pick(/^Create new/);
    await hands.goOn('Add backend server');
    await hands.goOn('Confirm');
    await site.page.getByText('No servers yet: requests will get 503').waitFor();
    const pools = await api.list('pool');
    // Somebody else is quicker.
    await api.create('listener', { loadbalancer_id: loadBalancer.id, protocol: 'HTTP', protocol_port: 8777 });
    await hands.submit();
    await site.page
      .getByText(/already has a listener with protocol_port of 8777/)
      .first()
      .waitFor();
    expect(await api.list('pool')).toHaveLength(pools.length);
    expect((await api.list('listener')).map(({ name }) => name)).not.toContain('too late');
    await site.page.getByRole('button', { name: 'Cancel' }).click();
  });
});

describe('the shortest way', () => {
  it('is an HTTP listener with two demo servers', async () => {
    await hands.open(loadBalancer);
    await hands.pick(/^HTTP Not encrypted/);
    await expect.poll(() => hands.field('Frontend port').inputValue()).toMatch(/^(80|8080)$/);
    await hands.field('Frontend port').fill('8081');
    await hands.field('Name').fill('try-out');
    await hands.goOn('Configure request routing policy');
    await hands.pick(/^Create new/);
    await hands.goOn('Add backend server');
    await site.page.getByRole('button', { name: 'Use two demo servers' }).click();
    await site.page.getByLabel('Address of server 2').waitFor();
    await hands.goOn('Confirm');
    await hands.submit();
    await detailOf('try-out');
    const pool = (await site.elbow.api.list('listener')).find(({ name }) => name === 'try-out');
    for (const member of await site.elbow.api.members(pool?.['default_pool_id']))
      await untilMember(site.elbow, { poolId: pool?.['default_pool_id'], id: member.id }, 'ONLINE');
    const url = `http://${loadBalancer['vip_address']}:8081/`;
    const { stdout } = await runCommand('curl', [...quiet, '%{http_code}', url]);
    expect(stdout).toBe('200');
  });
});
