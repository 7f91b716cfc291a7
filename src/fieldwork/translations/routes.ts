/** The texts of a version beside their translations, for whoever looks after the languages of a survey. */
import type { Request, Response } from 'express';
import { languageName } from '../../questionnaire/checks/wording.ts';
import type { Context } from '../../web/context.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { type UnderWay, type Unfinished, viewWork } from '../../web/under-way.ts';
import { type AskedVersion, getVersionAsked, SIMPLER, versionAddressOf } from '../paths/routes.ts';
import { surveyFrame } from '../routes.ts';
import { findCounts, findJudged, listTexts } from './store.ts';
import { groupTexts, onlyShown, readShown, SHOWN } from './view.ts';

export function translationRoutes(context: Context): Route[] {
  const addressOf = ({ survey, hash }: AskedVersion) => `${versionAddressOf(survey.file.survey, hash)}/translations`;
  const nameOf = ({ survey, hash }: AskedVersion) => ({ code: survey.file.survey, hash });
  /** The page while the work is under way, and where it came to nothing. */
  const showWork = (request: Request, response: Response, frame: object, work: UnderWay | Unfinished) =>
    response.render('layout/working', {
      ...frame,
      ...viewWork(work, {
        address: request.originalUrl,
        step: 'The texts of the versions are being held against each other',
        meanwhile: 'the work goes on, and is done once for each version.',
        mend: SIMPLER,
      }),
    });

  const showLanguages = async (request: Request, response: Response) => {
    const asked = await getVersionAsked(context, request);
    const [original = 'en', ...others] = asked.survey.file.languages;
    const frame = surveyFrame(context, response, asked.live, 'Translations');
    const counted = await findCounts(context, nameOf(asked), others);
    if (!('counts' in counted)) return showWork(request, response, frame, counted);
    const languages = others.map((language, place) => ({
      name: languageName(language),
      address: `${addressOf(asked)}/${language}`,
      counts: counted.counts[place],
    }));
    response.render('fieldwork/translations', {
      ...frame,
      version: asked.survey.file.version,
      original: languageName(original),
      languages,
    });
  };

  const getWanted = async (request: Request) => {
    const asked = await getVersionAsked(context, request);
    const language = asked.survey.file.languages.slice(1).find((each) => each === request.params.language);
    if (language === undefined) throw new Problem('not_found');
    return { asked, language, shown: readShown(request.query.show) };
  };

  const showTexts = async (request: Request, response: Response) => {
    const { asked, language, shown } = await getWanted(request);
    const { version, languages } = asked.survey.file;
    const [original = 'en'] = languages;
    const address = `${addressOf(asked)}/${language}`;
    const frame = {
      ...surveyFrame(context, response, asked.live, `Translation into ${languageName(language)}`),
      back: { href: addressOf(asked), text: 'Translations' },
    };
    const judged = await findJudged(context, nameOf(asked), language);
    if (!('texts' in judged)) return showWork(request, response, frame, judged);
    const { counts, texts } = judged;
    response.render('fieldwork/translation', {
      ...frame,
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
    const { asked, language, shown } = await getWanted(request);
    const { survey, version } = asked.survey.file;
    const name = [survey, version, language, ...(shown === 'all' ? [] : [shown])].join('-');
    const listed = await listTexts(context, nameOf(asked), { language, shown });
    // The page says why there is no file.
    if ('unfinished' in listed) return response.redirect(303, `${addressOf(asked)}/${language}`);
    response.attachment(`${name}.csv`).type('text/csv; charset=utf-8').send(listed.csv);
  };

  const all = '/staff/surveys/:survey/versions/:version/translations';
  return [
    { method: 'get', path: all, who: 'researcher', handle: showLanguages },
    { method: 'get', path: `${all}/:language.csv`, who: 'researcher', handle: sendTexts },
    { method: 'get', path: `${all}/:language`, who: 'researcher', handle: showTexts },
  ];
}
