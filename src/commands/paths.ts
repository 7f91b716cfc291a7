import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { flowDiagram } from '../questionnaire/diagram.ts';
import { parseSurvey } from '../questionnaire/parse.ts';
import { pathsOf, type StagePath } from '../questionnaire/paths.ts';
import { drawFlow } from '../questionnaire/picture/draw.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { inLanguage } from '../questionnaire/text.ts';
import { findingLine } from './check.ts';
import { CommandFailed, command, counted, note, PROGRAM, print, printJson, readText, UsageError } from './support.ts';

/** `soundings paths`: what the respondents of each stage meet, and the flow as a diagram. */
export function pathsCommand(): Command {
  return command('paths', 'Show who is asked what, stage by stage')
    .argument('<file>', 'a survey file')
    .option('--stage <code>', 'only this stage, such as adopter')
    .option('--diagram <out>', 'write the flow as a Mermaid flowchart to this file')
    .option('--svg <out>', 'draw the flow as a picture into this file')
    .option('--json', 'as JSON, with made-up answers for each path, for scripts')
    .action((file: string, options: { stage?: string; diagram?: string; svg?: string; json?: true }) => {
      const survey = readSurvey(file);
      const all = pathsOf(survey);
      const paths = all.filter(({ stage }) => options.stage === undefined || stage === options.stage);
      if (paths.length === 0) throw new UsageError(noPath(survey, options.stage));
      if (options.diagram !== undefined) writeDiagram(options.diagram, flowDiagram(survey));
      if (options.svg !== undefined) writeDiagram(options.svg, drawFlow(survey, all));
      if (options.json) return printJson(paths);
      for (const path of paths) show(survey, path);
      if (options.diagram !== undefined) note(`The diagram is in ${options.diagram}.`);
      if (options.svg !== undefined) note(`The picture is in ${options.svg}.`);
    });
}

function readSurvey(file: string): Survey {
  const parsed = parseSurvey(readText(file));
  if (parsed.survey) return parsed.survey;
  throw new CommandFailed(parsed.findings.map((finding) => findingLine(file, finding)).join('\n'));
}

function writeDiagram(file: string, diagram: string): void {
  try {
    writeFileSync(file, diagram);
  } catch {
    throw new CommandFailed(`${file} cannot be written. Is its folder there?`);
  }
}

function noPath(survey: Survey, stage: string | undefined): string {
  const values = survey.file.stageRule?.gives[0]?.values.map(({ code }) => code) ?? [];
  if (stage === undefined) return `No respondent was found who gets to the end: ${PROGRAM} check tells why.`;
  return values.length > 0
    ? `Nobody can have the stage "${stage}". Its values: ${values.join(', ')}.`
    : 'This survey has no stage rule, so leave --stage out.';
}

function show(survey: Survey, { stage, label, sections, example }: StagePath): void {
  const [language = 'en'] = survey.file.languages;
  const questions = sections.flatMap(({ pages }) => pages.flatMap((page) => page.questions));
  const some = questions.filter(({ when }) => when !== undefined).length;
  const name = stage === undefined ? 'Everyone' : `${stage}: ${inLanguage(label ?? stage, language, language)}`;
  print(`${name}. ${counted(questions.length - some, 'question')} for all, ${some} more for some.`);
  const read = (survey.file.stageRule?.from ?? []).map((code) => `${code} ${answerIn(example[code])}`);
  if (read.length > 0) print(`  For example: ${read.join(', ')}`);
  for (const section of sections) {
    print(`  ${inLanguage(section.title, language, language)}`);
    for (const page of section.pages)
      for (const { code, when } of page.questions)
        print(`    ${code.padEnd(8)} ${when === undefined ? '' : `if ${when}`}`.trimEnd());
  }
  print();
}

function answerIn(answer: StagePath['example'][string] | undefined): string {
  if (answer === undefined) return 'not asked';
  return answer === null ? 'left blank' : `is ${answer}`;
}
