/** The flagship survey against the instrument it was made from, item by item. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Text } from '../../src/questionnaire/definition.ts';
import { inLanguage } from '../../src/questionnaire/text.ts';
import { aiAdoption } from './walks.ts';

const path = join(import.meta.dirname, '../../../shared/instrument/ai-adoption-items.json');
const found = existsSync(path);
if (!found) console.warn(`SKIPPED: the instrument is not at ${path}, so the survey was not compared with it.`);

const wording = z.record(z.string(), z.string());
const itemSchema = z.object({
  code: z.string(),
  type: z.enum(['single', 'multi', 'grid', 'text', 'link']),
  text: z.string(),
  hint: z.string().optional(),
  required: z.boolean().default(false),
  disc: z.string(),
  options: z.array(z.tuple([z.string(), z.string()]).rest(z.object({ text: z.string() }))).default([]),
  items: z.array(z.tuple([z.string(), z.string()])).default([]),
  excl: z.array(z.string()).default([]),
  ends: wording.default({}),
  variants: wording.default({}),
  scaleVariants: z.record(z.string(), wording).default({}),
});
const read = () =>
  z
    .object({ items: z.array(z.union([itemSchema, z.object({ section: z.string(), title: z.string() })])) })
    .parse(JSON.parse(readFileSync(path, 'utf8'))).items;
const entries = found ? read() : [];
const items = entries.flatMap((entry) => ('code' in entry && entry.type !== 'link' ? [entry] : []));

const english = (text: Text) => inLanguage(text, 'en', 'en');
const TYPES = { single: 'single', multi: 'multiple', grid: 'grid', text: 'text', link: 'link' } as const;
const ROLES: Record<string, string> = { none: 'plain', low: 'plain', quasi: 'quasi', sensitive: 'sensitive' };

/** What the instrument and the survey can both say of a question, in one shape. */
interface Item {
  readonly type: string;
  readonly text: string;
  readonly hint: string | undefined;
  readonly required: boolean;
  readonly role: string | undefined;
  readonly options: readonly (readonly [code: string, label: string])[];
  readonly from: string | undefined;
  readonly boxes: readonly string[];
  readonly exclusive: readonly string[];
  readonly rows: readonly (readonly [code: string, label: string])[];
  readonly ends: readonly string[];
  readonly variants: readonly string[];
  readonly labels: readonly Record<string, string>[];
}

const theirs = (item: (typeof items)[number]): Item => {
  const from = item.options.find(([code]) => code.startsWith('@'));
  return {
    type: TYPES[item.type],
    text: item.text,
    hint: item.hint,
    required: item.required,
    role: ROLES[item.disc] ?? 'text',
    options: from ? [] : item.options.map(([code, label]) => [code, label]),
    from: from?.[0].slice(1),
    boxes: item.options.flatMap(([, , box]) => (box ? [box.text] : [])),
    exclusive: item.excl,
    rows: item.items,
    ends: Object.entries(item.ends).map(([code, end]) => `${code} ${end}`),
    variants: Object.values(item.variants),
    labels: Object.values(item.scaleVariants),
  };
};

const ours = (code: string): Item | undefined => {
  const question = aiAdoption.questions.get(code);
  if (!question) return undefined;
  const { choices, variants = [] } = question;
  const labels = new Map(
    variants
      .filter((each) => each.labels)
      .map(({ labels = {} }) => {
        const plain = Object.fromEntries(Object.entries(labels).map(([option, label]) => [option, english(label)]));
        return [JSON.stringify(plain), plain];
      }),
  );
  return {
    type: question.type,
    text: english(question.text),
    hint: question.hint && english(question.hint),
    required: question.required ?? false,
    role: question.role,
    options: choices.map((option) => [option.code, english(option.label)]),
    from: 'options' in question && !Array.isArray(question.options) ? question.options.from : undefined,
    boxes: choices.filter((option) => option.other).map((option) => `${code}_${option.code}`),
    exclusive: choices.filter((option) => option.exclusive).map((option) => option.code),
    rows: question.type === 'grid' ? question.rows.map((row) => [row.code, english(row.label)]) : [],
    ends: choices.flatMap(({ code, end }) => (end ? [`${code} END_${end.toUpperCase().replace('-', '_')}`] : [])),
    variants: variants.flatMap((each) => (each.text ? [english(each.text)] : [])),
    labels: [...labels.values()],
  };
};

describe.skipIf(!found)('the survey against the instrument', () => {
  test.each(items.map((item) => [item.code, item] as const))('%s is asked as the instrument has it', (code, item) => {
    expect(ours(code)).toEqual(theirs(item));
  });

  test('the survey asks every item of the instrument but its two links, in order, and nothing else', () => {
    expect([...aiAdoption.questions.keys()]).toEqual(items.map((item) => item.code));
  });

  test('the sections have the instrument’s titles, in order', () => {
    const titles = entries.flatMap((entry) => ('section' in entry ? [entry.title] : []));
    expect(aiAdoption.file.sections.map((section) => section.title)).toEqual(titles);
  });

  test('the definition of AI is the instrument’s, word for word', () => {
    const document = readFileSync(join(path, '../ai-adoption.md'), 'utf8');
    const section = document.slice(document.indexOf('## 3.'), document.indexOf('## 4.'));
    const lines = section.split('\n').filter((line) => line.startsWith('>'));
    expect(aiAdoption.file.definitions[0]?.text).toBe(lines.map((line) => line.slice(1).trim()).join('\n'));
  });
});
