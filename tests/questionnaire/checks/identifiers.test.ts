import { describe, expect, test } from 'vitest';
import { findAsked } from '../../../src/questionnaire/checks/identifiers.ts';

describe('what asks who somebody is is found', () => {
  test.each([
    ['What is your name?', 'a name'],
    ['Your full name', 'a name'],
    ['Name', 'a name'],
    ['Please give your first name and surname.', 'a name'],
    ['What is your organisation’s name?', 'a name'],
    ['What is the name of your charity?', 'a name'],
    ['Give the name of the person who filled this in', 'a name'],
    ['Beth yw eich enw?', 'a name'],
    ['Enw’r sefydliad: beth yw enw eich elusen?', 'a name'],
    ['Your email', 'an e-mail address'],
    ['E-mail address', 'an e-mail address'],
    ['Beth yw eich cyfeiriad e-bost?', 'an e-mail address'],
    ['What number can we ring? Please give a mobile number.', 'a telephone number'],
    ['Telephone', 'a telephone number'],
    ['Beth yw eich rhif ffôn?', 'a telephone number'],
    ['What is your postcode?', 'an address'],
    ['First half of your post code', 'an address'],
    ['What is your website?', 'an address'],
    ['Beth yw eich cod post?', 'an address'],
    ['What is your registered charity number?', 'a registration number'],
    ['Company registration number', 'a registration number'],
    ['Beth yw eich rhif elusen?', 'a registration number'],
    ['Your National Insurance number', 'a registration number'],
    ['Date of birth', 'a date of birth'],
    ['Beth yw eich dyddiad geni?', 'a date of birth'],
    ['Choose a password', 'a password'],
    ['Sort code', 'bank details'],
    ['Beth yw manylion eich banc?', 'bank details'],
    ['Your LinkedIn profile', 'an account on a network'],
  ])('%s', (words, what) => {
    expect(findAsked(words)).toBe(what);
  });
});

describe('what only sounds like it is let through', () => {
  test.each([
    'Do you have a named person in charge?',
    'Which tools do you use? Name up to three.',
    'How many emails do you send in a day?',
    'How many phone calls do you take in a day?',
    'What would help you to address these worries?',
    'How do you use AI on your website?',
    'Please do not give names, or details that could show who you are.',
    'Tell us more. Don’t give your name or e-mail address.',
    'Peidiwch â rhoi eich enw.',
    'What number of staff do you have?',
    'When did your organisation start trading?',
    'How many bank holidays do you work?',
    'How much did you spend on accounts?',
    'How many of your staff were born outside the UK?',
    'What is the name for this kind of work?',
  ])('%s', (words) => {
    expect(findAsked(words)).toBeUndefined();
  });
});
