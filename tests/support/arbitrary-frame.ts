/** What every generated survey has around its own pages: consent, a stage rule over two questions, the rest of a file. */

const options = (...codes: string[]) => codes.map((code) => ({ code, label: code }));
const agree = [
  { code: 'yes', label: 'Yes' },
  { code: 'no', label: 'No', end: 'declined' },
];

/** Consent, then the two questions of the stage rule. */
export const FIRST = {
  code: 'first',
  title: 'First',
  pages: [
    { questions: [{ type: 'single', code: 'A1', text: 'Take part?', role: 'plain', required: true, options: agree }] },
    { questions: [{ type: 'single', code: 'S1', text: 'Use?', role: 'plain', options: options('use', 'plan', 'no') }] },
    {
      when: { question: 'S1', isNot: 'use' },
      questions: [{ type: 'single', code: 'S2', text: 'Soon?', role: 'plain', options: options('yes', 'no') }],
    },
  ],
};

/** Every combination of the two stands in one row of the stage rule. */
export const FRAME = {
  survey: 'generated',
  version: '1.0',
  title: 'Generated',
  wave: 'Test',
  information: { version: '1', summary: 'A.', text: 'A.', minutes: '1', runBy: 'A', contact: 'A' },
  consent: { version: '1', question: 'A1', agree: 'yes' },
  dates: { deleteAfter: '2099-12-31' },
  ends: { declined: { title: 'Thank you', text: 'Bye.' }, early: { title: 'Thank you', text: 'Bye.' } },
  stageRule: {
    name: 'stage-rule',
    from: ['S1', 'S2'],
    gives: [
      { code: 'stage', label: 'Stage', role: 'plain', values: options('use', 'plan', 'no', 'unknown') },
      { code: 'soon', label: 'Soon', role: 'plain', values: options('yes', 'no') },
    ],
    rows: [
      { if: { S1: 'use', S2: null }, give: { stage: 'use', soon: 'yes' } },
      { if: { S1: 'plan', S2: 'yes' }, give: { stage: 'plan', soon: 'yes' } },
      { if: { S1: 'plan', S2: ['no'] }, give: { stage: 'plan', soon: 'no' } },
      { if: { S1: 'plan', S2: null }, give: { stage: 'plan', soon: 'no' } },
      { if: { S1: 'no', S2: 'yes' }, give: { stage: 'plan', soon: 'yes' } },
      { if: { S1: 'no', S2: ['no'] }, give: { stage: 'no', soon: 'no' } },
      { if: { S1: 'no', S2: null }, give: { stage: 'no', soon: 'no' } },
      { if: { S1: null, S2: null }, give: { stage: 'unknown', soon: 'no' } },
    ],
  },
  disclosure: { anonymous: true },
};
