/** What admins do with accounts, and what nobody can do. */
import { describe, expect, test } from 'vitest';
import { changeRights, deactivate, NotChanged } from '../../src/accounts/people/store.ts';
import { auditOf, openStaffSite, PASSPHRASE, type Person, type StaffSite } from '../support/staff.ts';

/** An admin at the page of somebody. */
async function atPageOf(site: StaffSite, { id }: Person) {
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  return admin.open(`/staff/accounts/${id}`);
}

test('roles are given and taken by survey, and take effect at the next sign-in', async () => {
  const site = await openStaffSite();
  const bo = await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] });
  const own = await site.signIn(bo);
  const admin = await atPageOf(site, bo);
  await admin.press('Save', { roles: ['approver:two-languages'] });
  expect(admin.entered).toEqual({ roles: ['approver:two-languages'] });
  expect((await own.open('/staff')).address).toBe('/staff/sign-in');
  expect((await site.signIn(bo)).words).toContain('You are its approver.');
  await admin.press('Save', { roles: [], admin: 'yes' });
  expect(admin.entered).toEqual({ admin: ['yes'] });
  expect((await auditOf(site.db)).filter((line) => /role|admin_/.test(line))).toEqual([
    'Ada: role_taken Bo researcher:two-languages',
    'Ada: role_given Bo approver:two-languages',
    'Ada: role_taken Bo approver:two-languages',
    'Ada: admin_given Bo',
  ]);
  // Saving what is so already changes nothing and ends nothing.
  const again = await site.signIn(bo);
  await admin.press('Save');
  expect((await again.open('/staff')).address).toBe('/staff');
  expect((await auditOf(site.db)).filter((line) => /role|admin_/.test(line))).toHaveLength(4);
});

test.each(['owner:two-languages', 'researcher', 'researcher:', 'researcher:../x', 'researcher:<b>', '__proto__'])(
  'a role that was not on the page is dropped: %s',
  async (role) => {
    const site = await openStaffSite();
    const bo = await site.add('Bo');
    const admin = await atPageOf(site, bo);
    await admin.post(`/staff/accounts/${bo.id}/roles`, `roles=${encodeURIComponent(role)}`);
    expect(admin.status).toBe(200);
    expect(await site.db.selectFrom('account_roles').selectAll().execute()).toEqual([]);
  },
);

test('a deactivated account cannot sign in, and a reactivated one can, with what it had', async () => {
  const site = await openStaffSite();
  const bo = await site.add('Bo');
  const admin = await atPageOf(site, bo);
  await admin.press('Deactivate');
  expect(admin.words).toContain('Deactivated: cannot sign in.');
  await expect(site.signIn(bo)).rejects.toThrow('The e-mail address or the passphrase is wrong');
  await admin.press('Reactivate');
  expect((await site.signIn(bo)).address).toBe('/staff');
});

test('a new link ends the passphrase; the second factor stays unless it is reset too', async () => {
  const site = await openStaffSite();
  const bo = await site.add('Bo');
  const admin = await atPageOf(site, bo);
  await admin.follow('make a new link');
  await admin.press('Make a new link');
  await expect(site.signIn(bo)).rejects.toThrow('The e-mail address or the passphrase is wrong');
  const fresh = 'eleven lanterns at the harbour';
  const first = await site.visit(admin.link(admin.code).href);
  await first.answer({ name: 'Bo', passphrase: fresh });
  expect(first.address).toBe('/staff/sign-in/code');
  site.wait(1);
  expect((await first.answer({ code: site.code(bo) })).address).toBe('/staff');

  await admin.open(`/staff/accounts/${bo.id}`);
  await admin.follow('make a new link');
  await admin.press('Make a new link', { 'second-factor': 'yes' });
  const second = await site.visit(admin.link(admin.code).href);
  await second.answer({ name: 'Bo', passphrase: PASSPHRASE });
  expect(second.address).toBe('/staff/set-up');
  expect((await auditOf(site.db)).slice(-4)).toEqual([
    'Bo: signed_in Bo',
    'Ada: link_made Bo',
    'Ada: second_factor_reset Bo',
    'Bo: invitation_used Bo',
  ]);
});

test('before a new link an admin is asked, and asking ends nothing', async () => {
  const site = await openStaffSite();
  const bo = await site.add('Bo');
  const own = await site.signIn(bo);
  const admin = await atPageOf(site, bo);
  expect(admin.forms.flatMap(({ buttons }) => buttons).map(({ text }) => text)).not.toContain('Make a new link');
  await admin.follow('make a new link');
  expect(admin.words).toContain('This cannot be taken back.');
  expect((await own.open('/staff')).address).toBe('/staff');
  await admin.follow('Do nothing, and go back');
  expect(admin.heading).toBe('Bo');
  // Where it would be refused, nothing is asked.
  await admin.press('Deactivate');
  expect((await admin.open(`/staff/accounts/${bo.id}/link`)).heading).toBe('Bo');
});

describe('what is refused, with a sentence', () => {
  test.each([
    ['bo@example.org', 'Bo', 'There is an account for bo@example.org already.'],
    ['BO@EXAMPLE.ORG', 'Bo', 'There is an account for bo@example.org already.'],
    ['bo', 'Bo', 'Enter an e-mail address, such as ada@example.org'],
    ['', '', 'Enter an e-mail address, such as ada@example.org'],
    ['cy@example.org, eve@example.org', 'Cy', 'Enter an e-mail address, such as ada@example.org'],
    ['cy@example.org\r\nBcc: eve@example.org', 'Cy', 'Enter an e-mail address, such as ada@example.org'],
    ['cy@example.org', '<script>alert(1)</script>', 'Enter a name: letters first, at most 100 characters'],
    ['cy@example.org', `${'a'.repeat(101)}`, 'Enter a name: letters first, at most 100 characters'],
  ])('inviting %j as %j', async (email, name, message) => {
    const site = await openStaffSite();
    await site.add('Bo');
    const admin = await site.signIn(await site.add('Ada', { admin: true }));
    await admin.open('/staff/accounts');
    await admin.press('Make the link', { email, name, admin: 'yes' });
    expect([admin.status, admin.errors[0]?.text]).toEqual([422, message]);
    expect(admin.entered.admin).toEqual(['yes']);
    expect(admin.html).not.toContain('<script>');
    expect(await site.db.selectFrom('accounts').select('id').execute()).toHaveLength(2);
  });

  test('what an admin would do to themselves', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada', { admin: true });
    await site.add('Bo', { admin: true });
    const admin = await site.signIn(ada);
    for (const deed of ['deactivate', 'link']) {
      await admin.post(`/staff/accounts/${ada.id}/${deed}`, '');
      expect([admin.status, admin.errors[0]?.text]).toEqual([422, 'Another admin has to do that for your account.']);
    }
    await admin.post(`/staff/accounts/${ada.id}/roles`, 'roles=approver:two-languages');
    expect([admin.status, admin.entered.roles]).toEqual([200, ['approver:two-languages']]);
    expect((await admin.open('/staff/accounts')).status).toBe(200);
  });

  test('ending the last admin who can sign in', async () => {
    const { db, add, now } = await openStaffSite();
    const ada = await add('Ada', { admin: true });
    const closed = await add('Closed', { admin: true });
    await db.updateTable('accounts').set({ disabled_at: '2027-01-01' }).where('id', '=', closed.id).execute();
    const by = { id: null, name: 'root' };
    const reason = 'Ada is the only admin who can sign in. Make another admin first.';
    await expect(deactivate(db, ada.id, by, now())).rejects.toThrow(new NotChanged(reason));
    await expect(changeRights(db, ada.id, { admin: false, roles: [] }, by, now())).rejects.toThrow(reason);
    await add('Bo', { admin: true });
    await deactivate(db, ada.id, by, now());
  });

  test('a change by somebody who is an admin no more when it is made', async () => {
    const { db, add, now } = await openStaffSite();
    const [ada, bo] = [await add('Ada', { admin: true }), await add('Bo')];
    const cy = await add('Cy', { admin: true });
    await changeRights(db, cy.id, { admin: false, roles: [] }, ada, now());
    await expect(deactivate(db, bo.id, cy, now())).rejects.toThrow(new NotChanged('Only an admin can do that.'));
    const rights = { admin: true, roles: [] };
    await expect(changeRights(db, cy.id, rights, cy, now())).rejects.toThrow('Only an admin can do that.');
  });

  test('of two admins who deactivate each other at once, one stays', async () => {
    const { db, add, now } = await openStaffSite();
    const [ada, bo] = [await add('Ada', { admin: true }), await add('Bo', { admin: true })];
    const outcomes = await Promise.allSettled([deactivate(db, bo.id, ada, now()), deactivate(db, ada.id, bo, now())]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await auditOf(db)).toEqual(['Ada: account_deactivated Bo']);
  });
});

test('names stand literally on every page, in the audit and in its file, whatever got into the store', async () => {
  const site = await openStaffSite();
  const payload = `<img src=x onerror=alert(1)>"'&{{7*7}}`;
  const bo = await site.add('Bo', { roles: [{ survey: '"><script>alert(1)</script>', role: 'researcher' }] });
  await site.db.updateTable('accounts').set({ name: payload, admin: 1 }).where('id', '=', bo.id).execute();
  const own = await site.signIn(bo);
  const admin = await atPageOf(site, bo);
  for (const [browser, address] of [
    [own, '/staff'],
    [own, '/staff/account'],
    [admin, '/staff/accounts'],
    [admin, `/staff/accounts/${bo.id}`],
    [admin, '/staff/audit'],
  ] as const) {
    await browser.open(address);
    expect(browser.status).toBe(200);
    expect(browser.html).not.toMatch(/<img|<script>/);
    expect(browser.html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;{{7*7}}');
  }
  await admin.open(`/staff/accounts/${bo.id}`);
  await admin.follow('make a new link');
  await admin.press('Make a new link');
  expect(admin.heading).toBe(`A link for ${payload}`);
});

test('the list is sorted by a link, which turns it round when it is chosen again', async () => {
  const site = await openStaffSite();
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await site.add('Bo');
  await site.add('Cy');
  await ada.open('/staff/accounts');
  const names = () => ada.links.map(({ text }) => text).filter((text) => ['Ada', 'Bo', 'Cy'].includes(text));
  expect(names()).toEqual(['Ada', 'Bo', 'Cy']);
  await ada.follow('name, A to Z');
  expect(names()).toEqual(['Cy', 'Bo', 'Ada']);
  await ada.follow('name, Z to A');
  expect(names()).toEqual(['Ada', 'Bo', 'Cy']);
  await ada.follow('e-mail address');
  expect(ada.html).toMatch(/aria-current="true">e-mail address, A to Z<\/a>/);
});
