import { type BuiltListener, aListener, makeAuthority, serverName, testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let built: BuiltListener;
beforeAll(async () => {
  site = await openConsole();
});
afterAll(() => site?.close());

const dialog = (name: RegExp) => site.page.getByRole('dialog', { name });
const field = (name: string) => site.page.getByRole('dialog').getByRole('textbox', { name });
const panel = () => site.page.getByRole('region', { name: 'What is in it' });
const row = (text: string) => site.page.getByRole('row').filter({ hasText: text });

async function paste(label: string, text: string): Promise<void> {
  await field(label).fill(text);
}

async function openMenu(name: string, item: string): Promise<void> {
  await row(name)
    .getByRole('button', { name: /^More operations/ })
    .click();
  await site.page.getByRole('menuitem', { name: item }).click();
}

describe('certificates', () => {
  it('begin with an empty state', async () => {
    await site.goto('/certificates');
    await site.page.getByRole('heading', { name: 'No certificate yet' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('certificates-empty');
  });

  it('are added by pasting, and say at once what is in them', async () => {
    const files = await (await testAuthority()).issue([serverName, 'api.example.test'], 'rsa');
    await site.page.getByRole('button', { name: 'plus Add certificate' }).click();
    await paste('Certificate content', files.certificatePem);
    await panel().getByText('api.example.test').waitFor();
    await panel().getByText('Not given yet').waitFor();
    await paste('Private key', files.keyPem);
    await panel().getByText('Matches the first certificate').waitFor();
    await site.page.getByRole('button', { name: 'Fill from certificate' }).click();
    await field('Name').fill('web');
    await site.checkAccessibility();
    await site.screenshot('certificate-add');
    await dialog(/Add certificate/)
      .getByRole('button', { name: 'Add certificate' })
      .click();
    await row('web').waitFor();
    const [stored] = await site.elbow.api.list('certificate');
    expect(stored).toMatchObject({ name: 'web', domain: `${serverName},api.example.test`, type: 'server' });
    await row('web').getByText('RSA 2048').waitFor();
  });

  it('say what is wrong before they are stored, and where', async () => {
    const authority = await testAuthority();
    const one = await authority.issue(['one.example.test']);
    const other = await authority.issue(['other.example.test']);
    await site.page.getByRole('button', { name: 'plus Add certificate' }).click();
    await paste('Certificate content', 'not a certificate');
    // Where, then the whole sentence of the server.
    await panel()
      .getByText(
        'Certificate content: Holds no "-----BEGIN CERTIFICATE-----" block; convert DER with ' +
          '"openssl x509 -inform der" and PKCS#12 with "openssl pkcs12 -nokeys" to PEM first.',
        { exact: true },
      )
      .waitFor();
    await paste('Certificate content', one.certificatePem);
    await paste('Private key', other.keyPem);
    await panel().getByText('Does not match', { exact: true }).waitFor();
    await site.checkAccessibility();
    site.expectError(/400/);
    await dialog(/Add certificate/)
      .getByRole('button', { name: 'Add certificate' })
      .click();
    const complaint = site.page.locator('.ant-form-item-explain-error');
    await complaint.filter({ hasText: /does not match the private key/ }).waitFor();
    expect(await site.elbow.api.list('certificate')).toHaveLength(1);
  });

  it('are taken from a file that holds both parts, and binary ones come with advice', async () => {
    const files = await (await testAuthority()).issue(['one.example.test']);
    const input = site.page.locator('input[type=file]');
    await input.setInputFiles({
      name: 'old.pfx',
      mimeType: 'application/x-pkcs12',
      buffer: Buffer.from([0x30, 0x82, 0x01, 0x00]),
    });
    await site.page.getByText("openssl pkcs12 -in 'old.pfx' -nodes -out certificate.pem").waitFor();
    await input.setInputFiles({
      name: 'both.pem',
      mimeType: 'application/x-pem-file',
      buffer: Buffer.from(files.keyPem + files.certificatePem),
    });
    await panel().getByText('Matches the first certificate').waitFor();
    await dialog(/Add certificate/)
      .getByRole('button', { name: 'Add certificate' })
      .click();
    await row('one.example.test').getByText('EC P-256').waitFor();
  });

  it('of authorities need no key', async () => {
    const authority = await makeAuthority('clients');
    await site.page.getByRole('button', { name: 'plus Add certificate' }).click();
    await site.page.getByText('CA certificate', { exact: true }).click();
    await field('Private key').waitFor({ state: 'detached' });
    await field('Name').fill('client-ca');
    await paste('Certificate content', authority.certificatePem);
    await panel().getByText('Can be used').waitFor();
    await dialog(/Add certificate/)
      .getByRole('button', { name: 'Add certificate' })
      .click();
    await row('client-ca').getByText('CA', { exact: true }).waitFor();
  });
});

describe('a certificate in use', () => {
  beforeAll(async () => {
    built = await aListener(site.elbow, { fields: { name: 'shop' } });
    await site.elbow.api.update('certificate', built.certificate?.id ?? '', { name: 'shop-cert' });
  });

  /** What curl says of the certificate that the listener shows. */
  const served = async (): Promise<string> =>
    (await built.curl('/', '-o', '/dev/null', '-w', '%{certs}')).stdout;

  it('links to its listeners and cannot be deleted, with the reason', async () => {
    await site.goto('/certificates');
    await row('shop-cert').getByRole('link', { name: 'HTTPS/8443' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('certificates');
    await openMenu('shop-cert', 'Delete');
    const confirm = dialog(/Delete certificate shop-cert/);
    await confirm.getByText('It cannot be deleted while these listeners use it:').waitFor();
    await confirm.getByRole('link', { name: 'shop' }).waitFor();
    expect(await confirm.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await site.checkAccessibility();
    await confirm.getByRole('button', { name: 'Close', exact: true }).first().click();
  });

  it('is replaced in place: clients get the new one at once', async () => {
    const files = await (await testAuthority()).issue([serverName, 'renewed.example.test']);
    await row('shop-cert').getByRole('button', { name: 'Modify' }).click();
    await site.page
      .getByText(/1 listener\(s\) use it\. New connections get the new certificate at once/)
      .waitFor();
    await paste('Certificate content', files.certificatePem);
    await panel().getByText('renewed.example.test').waitFor();
    await paste('Private key', files.keyPem);
    await panel().getByText('Matches the first certificate').waitFor();
    await site.checkAccessibility();
    await dialog(/Modify certificate/)
      .getByRole('button', { name: 'Save' })
      .click();
    await site.page.getByText(/Live on every worker/).waitFor();
    const stored = await site.elbow.api.show('certificate', built.certificate?.id ?? '');
    expect(stored['subject_alternative_names']).toContain('renewed.example.test');
    expect(await served()).toContain('renewed.example.test');
  });

  it('makes room for another one in all its listeners', async () => {
    await site.goto('/certificates');
    await openMenu('shop-cert', 'Replace in listeners');
    const replace = dialog(/Replace shop-cert/);
    await replace.getByRole('combobox', { name: 'Replace by' }).click();
    await site.page.locator('.ant-select-item-option').filter({ hasText: 'web' }).click();
    await site.checkAccessibility();
    await site.screenshot('certificate-replace');
    await replace.getByRole('button', { name: 'Replace' }).click();
    await row('web').getByRole('link', { name: 'HTTPS/8443' }).waitFor();
    expect(await served()).toContain('api.example.test');
  });

  it('is found by what is the matter with it', async () => {
    await site.goto('/certificates?state=unused&type=server');
    await row('shop-cert').waitFor();
    await expect.poll(() => row('client-ca').count()).toBe(0);
    await expect.poll(() => site.page.getByRole('link', { name: 'HTTPS/8443' }).count()).toBe(0);
  });

  it('can be deleted when nothing uses it', async () => {
    await openMenu('shop-cert', 'Delete');
    await dialog(/Delete certificate/)
      .getByRole('button', { name: 'Delete' })
      .click();
    await row('shop-cert').waitFor({ state: 'detached' });
    expect((await site.elbow.api.list('certificate')).map(({ name }) => name)).not.toContain('shop-cert');
  });
});
