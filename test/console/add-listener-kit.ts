import type { WireResource } from '@elbow/testkit';
import type { Locator } from 'playwright-core';
import type { Site } from './open-console.ts';

/** The hands of a person who fills in the wizard. */
export interface WizardHands {
  open(loadBalancer: WireResource): Promise<void>;
  /** A field by its label, wherever it is in the wizard. */
  field(label: string): Locator;
  /** A switch or a radio by its name. */
  toggle(name: string): Promise<void>;
  pick(name: string | RegExp): Promise<void>;
  /** Chooses from the list of a select. */
  choose(label: string, option: string | RegExp): Promise<void>;
  advanced(): Promise<void>;
  next(): Promise<void>;
  /** The next step's heading is there when it resolves. */
  goOn(step: string): Promise<void>;
  /** What the form complains about at a field. */
  complaint(text: string): Locator;
  paste(lines: string): Promise<void>;
  submit(): Promise<void>;
}

export function wizardHands(site: Site): WizardHands {
  const { page } = site;
  const wizard = page.locator('.wz-main');
  const next = (): Promise<void> => wizard.getByRole('button', { name: /^Next: / }).click();
  return {
    open: async (loadBalancer) => {
      await site.goto(`/lbs/${loadBalancer.id}/listeners/new`);
      await page.getByRole('heading', { name: 'Add listener' }).waitFor();
      await wizard.getByLabel('Frontend port').waitFor();
    },
    field: (label) => wizard.getByLabel(label, { exact: true }),
    toggle: (name) => wizard.getByRole('switch', { name, exact: true }).click(),
    pick: (name) => wizard.getByRole('radio', { name }).click(),
    choose: async (label, option) => {
      await wizard.getByRole('combobox', { name: label, exact: true }).click();
      await page
        .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
        .filter({ hasText: option })
        .first()
        .click();
    },
    advanced: () => wizard.getByRole('button', { name: /Advanced settings/ }).click(),
    next,
    goOn: async (step) => {
      await next();
      await page.locator('.wz-step-here').getByText(step).waitFor();
    },
    complaint: (text) => wizard.locator('.ant-form-item-explain-error, .member-problem').getByText(text),
    paste: async (lines) => {
      await wizard.getByLabel(/^Paste addresses/).fill(lines);
      await wizard.getByRole('button', { name: /^Add lines/ }).click();
    },
    submit: async () => {
      await wizard.getByRole('button', { name: 'Submit' }).click();
    },
  };
}
