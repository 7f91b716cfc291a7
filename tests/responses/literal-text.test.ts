/** What people type is kept to the byte and shows as they typed it, wherever it is shown (S5, S6). */
import { expect, test } from 'vitest';
import { goTo } from '../support/every-type.ts';
import { openFieldwork, storedAnswers } from '../support/fieldwork.ts';

const HOME = '/surveys/every-type';

test.each([
  ['markup', '<script>alert(1)</script><b>x</b>'],
  ['what breaks out of an attribute', `" onfocus="alert(1)' x=\``],
  ['entities', '&amp; &lt;b&gt; &#60;'],
  ['a pipe', '{{W1}} {{W3|x}} {{each}}'],
  ['a word of the interface', '$t(action.submit) {{message}} %n'],
  ['emphasis', '**bold** _it_ `code` ~~gone~~ <u>'],
  ['a link', '[x](https://evil.example) <https://a.b>'],
  ['a heading', '# x'],
  ['a list', '- a 1. b * c > d | e'],
  ['backslashes', String.raw`\*a\* \\ \n \u0041`],
  ['a template', '<%= 1 %> #{1} {% x %} <?x?>'],
  ['a formula', '=1+1 @SUM(A1) +x -x'],
  ['families of emoji', '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['Welsh', 'ŵŷâêîôû Llŷn'],
  ['right to left', '\u202eevil\u202c שלום عربى'],
  ['letters with marks of their own', 'e\u0301 é n\u0303'],
  ['a zero-width joint', 'a\u200bb\ufeffc'],
  ['words that are names in a program', 'constructor __proto__ null undefined NaN'],
  ['a quotation', 'O’Brien said “no” — ‘ever’…'],
])('%s', async (_, typed) => {
  const { begin, db } = await openFieldwork('every-type');
  const respondent = await goTo(await begin(), 'words');
  await respondent.answer({ W3: typed, W4: '\u0007' });
  // With an error elsewhere on the page it stands in its box again.
  expect(respondent.status).toBe(422);
  expect(respondent.entered.W3).toBe(typed);
  const long = `\r\n  ${typed}\r\n\r\n\tand\nthen  `;
  await respondent.answer({ W3: typed, W4: long });

  // In a title, a question, a hint, an option and in Markdown.
  const seen = typed.replace(/\s+/g, ' ');
  expect(respondent.heading).toBe(`About ${seen}`);
  expect(respondent.words).toContain(`You call it ${seen}. It costs`);
  expect(respondent.words).toContain(`Is ${seen} big or small?`);
  expect(respondent.words).toContain(`Put ${seen} on a table first.`);
  expect(respondent.words).toContain(`${seen} is big`);
  expect(respondent.html).toContain('<strong>1250.5</strong>');
  expect(respondent.html.match(/<(script|b|u|em|code|s)\b[^>]*>/g)).toEqual(
    ['<script type="module" src="/assets/soundings.js'].map((start) => expect.stringContaining(start)),
  );
  expect(respondent.links.filter(({ href }) => /evil|a\.b/.test(href))).toEqual([]);

  // In a question back, and on the check.
  await respondent.answer({ E1: 'small' });
  expect(respondent.words).toContain(`Is ${seen} really small?`);
  await respondent.press('Yes, that is right. Continue');
  await respondent.open(`${HOME}/answer/words`);
  expect(respondent.entered).toEqual({ W3: typed, W4: long });
  await respondent.open(`${HOME}/answer/together`);
  for (const page of ['together', 'odd-names']) {
    expect(respondent.address).toBe(`${HOME}/answer/${page}`);
    await respondent.answer();
    await respondent.answer();
  }
  expect(respondent.summary).toContainEqual(['What do you call your thing?', seen]);
  expect(respondent.summary).toContainEqual([`Is ${seen} big or small?`, `${seen} is small`]);
  await respondent.press('Send your answers');
  expect(await storedAnswers(db)).toEqual([expect.objectContaining({ W3: typed, W4: long })]);
});

test('in an error of the author’s too', async () => {
  const { begin } = await openFieldwork('every-type');
  const respondent = await begin();
  await respondent.answer({ A2: 'yes' });
  await respondent.answer({ B1: 'red' });
  await respondent.answer({ B2: ['red'] });
  await respondent.answer({ B3: 'desk' });
  await respondent.answer({ B4_work_time: 'bad', B4_fun: 'fair', B4_peace: 'dk' });
  await respondent.answer({ B5: '7' });
  await respondent.answer({ B6: ['dk'] });
  await respondent.answer({ W1: '1' });
  await respondent.answer({ W2: ['dk'] });
  await respondent.answer({ W3: '<i>{{W1}}</i> $t(product) {{message}}', W4: 'x' });
  await respondent.answer({ E1: 'huge' });
  expect(respondent.errors).toEqual([
    { text: '<i>{{W1}}</i> $t(product) {{message}} is either big or small', href: '#E1' },
  ]);
});

test('what was typed into the box of an option shows with the option, and as it was typed in Markdown', async () => {
  const { begin } = await openFieldwork('every-type');
  const respondent = await begin();
  await respondent.answer({ A2: 'yes' });
  await respondent.answer({ B1: 'other', B1_other: '**a** [b](https://evil.example)' });
  for (const entries of [
    { B2: ['red'] },
    { B3: 'desk' },
    { B4_work_time: 'bad', B4_fun: 'fair', B4_peace: 'dk' },
    { B5: '7' },
    { B6: ['dk'] },
    { W1: '1' },
    { W2: ['dk'] },
    { W3: 'x', W4: 'x' },
  ]) {
    await respondent.answer(entries);
  }
  expect(respondent.words).toContain('about another one: **a** [b](https://evil.example).');
});
