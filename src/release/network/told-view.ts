/** What the network tier told, as its page shows it. */
import type { Wanted } from './ask.ts';
import { ONLY } from './read-wanted.ts';
import type { Told } from './told.ts';

type Answer = NonNullable<Told['answer']>;
type Row = Answer['table']['groups'][number]['rows'][number];

/** The form as it was sent: every question and every way to filter that any of the releases offers, the newest first. */
export function viewForm({ offers }: Told, wanted: Partial<Wanted>) {
  const firsts = <T extends { readonly name: string }>(all: readonly T[]) =>
    all.filter(({ name }, place) => all.findIndex((each) => each.name === name) === place);
  const chosen = wanted.where ?? {};
  const dimensions = firsts(offers.flatMap((offer) => offer.dimensions));
  return {
    questions: firsts(offers.flatMap((offer) => offer.questions)).map(({ name, label }) => ({
      value: name,
      text: `${name}: ${label}`,
      selected: name === wanted.question,
    })),
    by: [
      { value: '', text: 'Everybody together', selected: wanted.by === undefined },
      ...dimensions.map(({ name, label }) => ({
        value: name,
        text: label === name ? name : `${label} (${name})`,
        selected: name === wanted.by,
      })),
    ],
    filters: dimensions.map(({ name, label, values }) => ({
      name: `${ONLY}${name}`,
      label,
      items: values.map(({ code, label: text }) => ({ value: code, text, checked: chosen[name]?.includes(code) })),
    })),
  };
}

/** The figures as tables: one for a tick list, one for each row of a grid, with a column for each group. */
export function viewAnswer({ release, table, insteadOf }: Answer, by: string | undefined) {
  const { question, label, text = label, people, collapsed, answers, groups } = table;
  const [first] = groups;
  const isList = (first?.rows.length ?? 0) > 1 && answers.map(({ code }) => code).join() === 'no,yes';
  const head = groups.map((group) =>
    by === undefined ? `Everybody: ${group.people}` : `${group.label}: ${group.people}`,
  );
  const rowsAt = (place: number) => groups.flatMap(({ rows }) => rows[place] ?? []);
  const items = first?.rows ?? [];
  const tables = isList
    ? [
        {
          caption: text,
          head: ['Answer', ...head],
          rows: items.map((item, place) => ({
            label: item.label,
            cells: rowsAt(place).map((row) => say(row, answers.length - 1)),
          })),
        },
      ]
    : items.map((item, place) => ({
        caption: items.length > 1 ? item.label : text,
        head: ['Answer', ...head],
        rows: answers.map((answer, at) => ({ label: answer.label, cells: rowsAt(place).map((row) => say(row, at)) })),
      }));
  return {
    release,
    question,
    text,
    people: people.toLocaleString('en'),
    none: people === 0,
    collapsed,
    insteadOf,
    tables,
  };
}

function say({ base, none, figures }: Row, place: number): string {
  if (base === 0) return none === 'not asked' ? 'not asked' : 'no answer';
  const figure = figures[place];
  if (!figure || figure.state === 'hidden') return 'hidden';
  const { share } = figure;
  return `${figure.n} of ${figure.base}${share ? ` (${share.percent}%, ${share.low} to ${share.high})` : ''}`;
}
