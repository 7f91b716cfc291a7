/** Somebody of the team at a real browser, who has never opened a terminal: they read, click and type, and no more. */
import { readFile } from 'node:fs/promises';
import { generateSync } from 'otplib';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, type PageOptions, screenshot } from './browser.ts';
import { lendCookies, send } from './in-browser.ts';
import type { Entries } from './respondent.ts';
import { PASSPHRASE, type StaffSite } from './staff.ts';

type Words = string | RegExp;

/** What somebody keeps who has taken up an invitation. */
export interface Kept {
  readonly email: string;
  /** The key in their authenticator app. */
  readonly key: string;
  readonly recoveryCodes: readonly string[];
}

/**
 * Each page that they come to is looked at: axe finds nothing, nothing scrolls sideways, no script fails and the
 * policy refuses nothing. A page that looks as one did before is not looked at again.
 */
export class Colleague {
  readonly #page: Page;
  readonly #site: StaffSite;
  readonly #name: string;
  readonly #scripts: boolean;
  readonly #looked = new Set<string>();
  readonly #complaints: string[] = [];

  private constructor(page: Page, site: StaffSite, name: string, { width, scripts = true }: PageOptions) {
    this.#page = page;
    this.#site = site;
    this.#name = `${name.toLowerCase()}-${width}`;
    this.#scripts = scripts;
    page.on('pageerror', (error) => this.#complaints.push(error.message));
    // A page that answers 404 or 422 is a complaint to the browser, and so is a script that the test keeps away.
    page.on('console', (message) => {
      if (!message.text().startsWith('Failed to load resource')) this.#complaints.push(message.text());
    });
  }

  /** Sits down at a browser of their own. @param address the only one that they type */
  static async at(site: StaffSite, address: string, name: string, options: PageOptions): Promise<Colleague> {
    return Colleague.#sitDown(await openPage(options), site, name, options, address);
  }

  /** Somebody who is signed in already, on the staff's first page. */
  static async signedIn(
    site: StaffSite,
    name: string,
    rights: Parameters<StaffSite['add']>[1],
    options: PageOptions,
  ): Promise<Colleague> {
    const browser = await site.signIn(await site.add(name, rights));
    const page = await openPage(options);
    await lendCookies(page, browser, site.url);
    return Colleague.#sitDown(page, site, name, options, '/staff');
  }

  static async #sitDown(page: Page, site: StaffSite, name: string, options: PageOptions, address: string) {
    const colleague = new Colleague(page, site, name, options);
    await page.goto(new URL(address, site.url).href);
    await colleague.#look();
    return colleague;
  }

  async #look(): Promise<void> {
    const sight = `${await this.#page.title()} ${await this.#page.locator('body').innerText()}`;
    if (this.#looked.has(sight)) return;
    this.#looked.add(sight);
    await screenshot(this.#page, `${this.#name}-${String(this.#looked.size).padStart(2, '0')}`);
    await expectNoAxeViolations(this.#page);
    await expectNoSidewaysScroll(this.#page);
    expect(this.#complaints, await this.#page.title()).toEqual([]);
  }

  async #click(target: Locator): Promise<void> {
    await Promise.all([target.click(), this.#page.waitForNavigation()]);
    await this.#look();
  }

  /** Follows a link; where several have these words, the first. */
  async follow(words: Words): Promise<void> {
    await this.#click(this.#page.getByRole('link', named(words)).first());
  }

  async press(button: string): Promise<void> {
    await this.#click(this.#page.getByRole('button', named(button)));
  }

  /** Opens what is folded. */
  async unfold(words: string): Promise<void> {
    await this.#page.locator('summary', { hasText: words }).click();
  }

  /** As the browser's own button does. */
  async goBack(): Promise<void> {
    await this.#page.goBack();
    await this.#look();
  }

  async write(label: string, text: string): Promise<void> {
    await this.#page.getByLabel(label, { exact: true }).fill(text);
  }

  /** Ticks or chooses. @param group the heading under which it stands, where several have this label */
  async tick(label: string, group?: string): Promise<void> {
    const where = group === undefined ? this.#page : this.#page.getByRole('group', { name: group });
    await where.getByLabel(label, { exact: true }).check();
  }

  /** Picks from a list, by the option's words or its value. */
  async pick(list: string, option: string): Promise<void> {
    await this.#page.getByLabel(list, { exact: true }).selectOption(option);
  }

  /** Chooses a file of theirs. */
  async choose(label: string, path: string): Promise<void> {
    await this.#page.getByLabel(label, { exact: true }).setInputFiles(path);
  }

  /** Answers a page of a survey. */
  async answer(entries: Entries): Promise<void> {
    await send(this.#page, entries);
    await this.#look();
  }

  /** Follows a link that gives a file. */
  async download(words: Words): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const [download] = await Promise.all([
      this.#page.waitForEvent('download'),
      this.#page.getByRole('link', named(words)).first().click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  /** Waits until a page says that work is over: by itself where there are scripts, and by its link where there are none. */
  async waitFor(words: string): Promise<void> {
    const done = this.#page.getByText(words).first();
    while (!this.#scripts && !(await done.isVisible())) {
      await this.#page.waitForTimeout(500);
      await this.#page.getByRole('link', { name: 'Look how far it is by now' }).click();
    }
    await done.waitFor();
    await this.#look();
  }

  async heading(): Promise<string> {
    return this.#page.locator('h1').innerText();
  }

  /** All that can be read on the page. */
  async words(): Promise<string> {
    return this.#page.locator('body').innerText();
  }

  /** The address behind the link that holds these words, as "Copy link" takes it. */
  async linkTo(words: string): Promise<string> {
    return (await this.#page.getByRole('link', { name: words }).getAttribute('href')) ?? '';
  }

  /** Takes an invitation up: a passphrase, an authenticator app, the recovery codes; then they are signed in. */
  async takeUp(email: string): Promise<Kept> {
    await this.write('New passphrase', PASSPHRASE);
    await this.press('Continue');
    const key = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(await this.words())?.[0] ?? '';
    await this.write('Code from the app', this.#codeOf(key));
    await this.press('Continue');
    const recoveryCodes = (await this.words()).match(/\b(?:[A-Z2-7]{4} ){3}[A-Z2-7]{4}\b/g) ?? [];
    await this.follow('I have kept them: go on');
    return { email, key, recoveryCodes };
  }

  /** Fills the sign-in in. @param code instead of what the app shows */
  async signIn({ email, key }: Kept, code?: string): Promise<void> {
    await this.write('E-mail address', email);
    await this.write('Passphrase', PASSPHRASE);
    await this.press('Continue');
    await this.write('Code', code ?? this.#codeOf(key));
    await this.press('Sign in');
  }

  /** What the app shows now; half a minute is waited for it, since each code works once. */
  #codeOf(key: string): string {
    this.#site.wait(0.5);
    return generateSync({ secret: key.replaceAll(' ', ''), epoch: Math.floor(this.#site.now().getTime() / 1000) });
  }
}

const named = (words: Words) => ({ name: words, exact: typeof words === 'string' });
