/** The texts of a version beside their translations, for whoever looks after the languages of a survey. */
import type { Request, Response } from 'express';
import { languageName } from '../../questionnaire/checks/wording.ts';
import { judgeTranslations } from '../../questionnaire/translations/stale.ts';
import type { Context } from '../../web/context.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { type AskedVersion, getVersionAsked, versionAddressOf } from '../paths/routes.ts';
import { surveyFrame } from '../routes.ts';
import { translationsCsv } from './csv.ts';
import { listUpTo } from './store.ts';
import { countStates, groupTexts, onlyShown, readShown, SHOWN } from './view.ts';

export function translationRoutes(context: Context): Route[] {
  const { db } = context;

  const addressOf = ({ survey, hash }: AskedVersion) => `${versionAddressOf(survey.file.survey, hash)}/translations`;
  const getTexts = async ({ survey, hash }: AskedVersion, language: string) =>
    judgeTranslations(await listUpTo(db, survey.file.survey, hash), language);

  const showLanguages = async (request: Request, response: Response) => {
    const asked = await getVersionAsked(context, request);
    const [original = 'en', ...others] = asked.survey.file.languages;
    const languages = others.map(async (language) => ({
      name: languageName(language),
      address: `${addressOf(asked)}/${language}`,
      counts: countStates(await getTexts(asked, language)),
    }));
    response.render('fieldwork/translations', {
      ...surveyFrame(context, response, asked.live, 'Translations'),
      version: asked.survey.file.version,
      original: languageName(original),
      languages: await Promise.all(languages),
    });
  };

  const getWanted = async (request: Request) => {
    const asked = await getVersionAsked(context, request);
    const language = asked.survey.file.languages.slice(1).find((each) => each === request.params.language);
    if (language === undefined) throw new Problem('not_found');
    return { asked, language, shown: readShown(request.query.show), texts: await getTexts(asked, language) };
  };

  const showTexts = async (request: Request, response: Response) => {
    const { asked, language, shown, texts } = await getWanted(request);
    const { version, languages } = asked.survey.file;
    const [original = 'en'] = languages;
    const counts = countStates(texts);
    const address = `${addressOf(asked)}/${language}`;
    response.render('fieldwork/translation', {
      ...surveyFrame(context, response, asked.live, `Translation into ${languageName(language)}`),
      back: { href: addressOf(asked), text: 'Translations' },
      wide: true,
      version,
      original: { code: original, name: languageName(original) },
      language: { code: language, name: languageName(language) },
      filters: SHOWN.map((each) => ({
        shown: each,
        count: counts[each],
        current: each === shown,
        href: each === 'all' ? address : `${address}?show=${each}`,
      })),
      shown,
      file: `${address}.csv${shown === 'all' ? '' : `?show=${shown}`}`,
      groups: groupTexts(asked.survey, onlyShown(texts, shown)),
    });
  };

  const sendTexts = async (request: Request, response: Response) => {
    const { asked, language, shown, texts } = await getWanted(request);
    const { survey, version } = asked.survey.file;
    const name = [survey, version, language, ...(shown === 'all' ? [] : [shown])].join('-');
    response
      .attachment(`${name}.csv`)
      .type('text/csv; charset=utf-8')
      .send(translationsCsv(onlyShown(texts, shown)));
  };

  const all = '/staff/surveys/:survey/versions/:version/translations';
  return [
    { method: 'get', path: all, who: 'researcher', handle: showLanguages },
    { method: 'get', path: `${all}/:language.csv`, who: 'researcher', handle: sendTexts },
    { method: 'get', path: `${all}/:language`, who: 'researcher', handle: showTexts },
  ];
}
