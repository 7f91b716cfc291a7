/** A survey's flow as a Mermaid flowchart: pages in their sections, conditions on the arrows, and the ends. */
import { listBehind } from './checks/mentions.ts';
import { shortUniverse } from './describe.ts';
import type { Survey, SurveyPage, SurveyQuestion } from './survey.ts';
import { inLanguage } from './text.ts';

/** An arrow that waits for where it leads. */
interface Loose {
  readonly from: string;
  readonly words: string | undefined;
}

/** The diagram's text. The same survey gives the same text, so it can be kept beside the file and compared. Pure. */
export function flowDiagram(survey: Survey): string {
  const [language = 'en'] = survey.file.languages;
  const lines: string[] = [];
  const arrows: string[] = [];
  let loose: Loose[] = [{ from: 'start', words: undefined }];
  const lead = (to: string) => {
    for (const { from, words } of loose) arrows.push(arrow(from, to, words));
  };
  for (const [index, section] of survey.file.sections.entries()) {
    const pages = survey.pages.filter((page) => page.section === section);
    let past: Loose[] = [];
    if (section.when) {
      const fork = `s${index}`;
      lines.push(`  ${fork}{"${quoted(shortUniverse([section.when]))}"}`);
      lead(fork);
      loose = [{ from: fork, words: 'yes' }];
      past = [{ from: fork, words: 'no' }];
    }
    lines.push(`  subgraph section${index}["${quoted(inLanguage(section.title, language, language))}"]`);
    for (const page of pages) {
      const own = conditionOf(page);
      let around: Loose[] = [];
      if (own !== undefined) {
        const fork = `c${page.position}`;
        lines.push(`    ${fork}{"${quoted(own)}"}`);
        lead(fork);
        loose = [{ from: fork, words: 'yes' }];
        around = [{ from: fork, words: 'no' }];
      }
      const node = `p${page.position}`;
      lines.push(`    ${node}["${quoted(page.questions.map((question) => questionName(page, question)).join(', '))}"]`);
      lead(node);
      loose = [{ from: node, words: undefined }, ...around];
      arrows.push(...toEnds(survey, page));
    }
    lines.push('  end');
    loose = [...loose, ...past];
  }
  lead('finish');
  const ends = Object.entries(survey.file.ends).map(
    ([name, { title }]) => `  ${endNode(survey, name)}(["${quoted(inLanguage(title, language, language))}"])`,
  );
  return [
    'flowchart TD',
    '  start(["Start"])',
    ...lines,
    '  finish(["Check and submit"])',
    ...ends,
    ...arrows,
    '',
  ].join('\n');
}

/** What decides about a page beyond its section: its own condition, and that of its only question; undefined when nothing does. */
export function conditionOf(page: SurveyPage): string | undefined {
  const own = page.when.slice(page.section.when ? 1 : 0);
  const [only] = page.questions;
  if (!only || page.questions.length > 1) return own.length > 0 ? shortUniverse(own) : undefined;
  const all = only.when ? [...own, only.when] : own;
  const list = listBehind(only);
  if (all.length > 0) return shortUniverse(all);
  return list && `two or more are left of ${list.from}`;
}

function questionName(page: SurveyPage, { code, when }: SurveyQuestion): string {
  return when && page.questions.length > 1 ? `${code} if ${shortUniverse([when])}` : code;
}

function toEnds(survey: Survey, page: SurveyPage): string[] {
  return Object.keys(survey.file.ends).flatMap((name) => {
    const leading = page.questions.flatMap(({ code, choices }) => {
      const codes = choices.filter((option) => option.end === name).map((option) => option.code);
      return codes.length > 0 ? [shortUniverse([{ question: code, isAnyOf: codes }])] : [];
    });
    return leading.length > 0 ? [arrow(`p${page.position}`, endNode(survey, name), leading.join(' or '))] : [];
  });
}

function endNode(survey: Survey, name: string): string {
  return `leave${Object.keys(survey.file.ends).indexOf(name)}`;
}

function arrow(from: string, to: string, words: string | undefined): string {
  return words === undefined ? `  ${from} --> ${to}` : `  ${from} -->|"${quoted(words)}"| ${to}`;
}

/** Mermaid reads # and quotes in labels as its own; entities stand for them. */
function quoted(words: string): string {
  return words
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;')
    .replaceAll(/\s+/g, ' ');
}
