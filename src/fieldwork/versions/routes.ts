/** New versions: a file is pasted or sent, checked, and kept as a draft, whose page is in `drafts/`. */
import type { Request, Response } from 'express';
import { type Fault, frameOf, getStaff } from '../../accounts/signed-in.ts';
import { showMoment } from '../../accounts/times.ts';
import type { Context } from '../../web/context.ts';
import { EDITOR_SCHEMA, EXAMPLE } from '../../web/first-files.ts';
import { findValue, formOf } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { findUpload, LONGEST_FILE } from '../../web/uploads.ts';
import {
  DraftChanged,
  type DraftVersion,
  findDraftVersion,
  findReview,
  listDraftVersions,
  reviewSource,
  saveDraftVersion,
} from '../drafts/store.ts';
import { addressOf, draftAddressOf, getKnown, type KnownSurvey, knownFrame, LIST } from '../routes.ts';
import { findLiveSurvey, getSource } from '../store.ts';
import { countErrors, findVersionName, tellFindings, type VersionName } from './review.ts';
import { readUploaded } from './uploaded.ts';

const NEW_SURVEY = '/staff/new-survey';
const EXAMPLE_ADDRESS = `${NEW_SURVEY}/${EXAMPLE.name}`;
const SCHEMA_ADDRESS = `${NEW_SURVEY}/${EDITOR_SCHEMA.name}`;

/** What the form shows again, beside what is wrong. */
interface Showing {
  readonly source?: string;
  readonly seen?: string;
  readonly errors?: readonly Fault[];
  readonly review?: ReturnType<typeof tellFindings>;
  /** The draft that somebody else saved meanwhile. */
  readonly kept?: DraftVersion;
}

export function versionRoutes(context: Context): Route[] {
  const { db, now } = context;

  const frameOfForm = (response: Response, known: KnownSurvey | undefined, seen: string, errors: readonly Fault[]) => {
    if (!known) {
      return { ...frameOf(context, response, 'Begin a new survey', errors), back: { href: LIST, text: 'All surveys' } };
    }
    const [version = ''] = seen.split(' ');
    if (version === '') return knownFrame(context, response, known, 'Add a new version', errors);
    const back = { href: draftAddressOf(known.code, version), text: `Draft of version ${version}` };
    return { ...knownFrame(context, response, known, 'Change or replace the file', errors), back };
  };

  const showForm = (response: Response, known: KnownSurvey | undefined, showing: Showing = {}) => {
    const { source = '', seen = '', errors = [], review = { findings: [], more: 0 }, kept } = showing;
    response.render('fieldwork/new-version', {
      ...frameOfForm(response, known, seen, errors),
      ...review,
      action: known ? `${addressOf(known.code)}/versions/new` : NEW_SURVEY,
      source,
      seen,
      begins: !known,
      schema: SCHEMA_ADDRESS,
      example: EXAMPLE_ADDRESS,
      megabytes: LONGEST_FILE / 1_000_000,
      kept: kept && {
        version: kept.version,
        address: draftAddressOf(kept.survey, kept.version),
        savedBy: kept.savedBy,
        savedAt: showMoment(kept.savedAt),
      },
    });
  };

  /** Why a file cannot be a version of the survey in the address, or of a new one: a sentence. */
  const findMisfit = async (source: string, name: VersionName, known: KnownSurvey | undefined) => {
    if (!known) {
      const there = (await findLiveSurvey(db, name.survey)) ?? (await listDraftVersions(db, name.survey))[0];
      return there && `There is a survey “${name.survey}” already: open it, and make a new version there`;
    }
    if (name.survey !== known.code) {
      return `This file is of the survey “${name.survey}”: only a file of “${known.code}” can be its version`;
    }
    const isLive = known.live && source === (await getSource(db, known.live.hash));
    return isLive ? 'This is the file that is live already' : undefined;
  };

  const takeFile = async (request: Request, response: Response, known: KnownSurvey | undefined) => {
    const sent = readSent(request);
    const seen = findValue(formOf(request), 'seen') ?? '';
    const { source, at } = sent;
    const again = (status: number, showing: Showing) =>
      showForm(response.status(status), known, { source, seen, ...showing });
    if (sent.fault !== undefined) return again(sent.status, { errors: [{ href: at, text: sent.fault }] });
    const name = findVersionName(source);
    if (!name) {
      const review = await reviewSource(context, source, undefined);
      const wrong = countErrors(review);
      const text = `Not saved: ${wrong === 1 ? 'there is an error' : `there are ${wrong} errors`} in the file, and it cannot be told which version it is`;
      return again(422, { review: tellFindings(review, source), errors: [{ href: '#findings', text }] });
    }
    const misfit = await findMisfit(source, name, known);
    if (misfit !== undefined) return again(422, { errors: [{ href: at, text: misfit }] });
    // Where the store cannot take it, the same form is offered once more. A browser cannot be given a file to send again.
    response.locals.again = { source };
    try {
      await saveDraftVersion(db, { ...name, source }, seenOf(seen, name), getStaff(response), now());
    } catch (error) {
      if (!(error instanceof DraftChanged)) throw error;
      const kept = await findDraftVersion(db, name);
      const text = kept
        ? ALREADY_SAVED
        : 'Not saved yet: the draft that you had before you was published or thrown away';
      return again(422, { seen: kept ? seenCode(kept) : '', errors: [{ href: at, text }], ...(kept && { kept }) });
    }
    leadSaying(context, response, draftAddressOf(name.survey, name.version), 'draft_saved');
  };

  const path = `${LIST}/:survey`;
  return [
    { method: 'get', path: NEW_SURVEY, who: 'admin', handle: (_, response) => showForm(response, undefined) },
    {
      method: 'post',
      path: NEW_SURVEY,
      who: 'admin',
      takesFile: true,
      handle: (request, response) => takeFile(request, response, undefined),
    },
    {
      method: 'get',
      path: EXAMPLE_ADDRESS,
      who: 'staff',
      handle: (_, response) => response.attachment(EXAMPLE.name).type('application/json').send(EXAMPLE.read()),
    },
    {
      method: 'get',
      path: SCHEMA_ADDRESS,
      who: 'staff',
      handle: (_, response) => response.download(EDITOR_SCHEMA.path, EDITOR_SCHEMA.name),
    },
    {
      method: 'get',
      path: `${path}/versions/new`,
      who: 'researcher',
      handle: async (request, response) => showForm(response, await getKnown(context, request)),
    },
    {
      method: 'post',
      path: `${path}/versions/new`,
      who: 'researcher',
      takesFile: true,
      handle: async (request, response) => takeFile(request, response, await getKnown(context, request)),
    },
    {
      method: 'get',
      path: `${path}/drafts/:draft/replace`,
      who: 'researcher',
      handle: async (request, response) => {
        const known = await getKnown(context, request);
        const draft = await findDraftVersion(db, { survey: known.code, version: String(request.params.draft) });
        if (!draft) return response.redirect(303, `${addressOf(known.code)}/versions/new`);
        const review = await findReview(context, draft);
        showForm(response, known, {
          source: draft.source,
          seen: seenCode(draft),
          // What is still being checked can be changed all the same.
          ...('findings' in review && { review: tellFindings(review, draft.source) }),
        });
      },
    },
  ];
}

const ALREADY_SAVED = 'Not saved yet: there is a draft of this version that you did not have before you';

/** Which draft the form was made with: its version, and what stood in it. */
const seenCode = ({ version, hash }: Pick<DraftVersion, 'version' | 'hash'>): string => `${version} ${hash}`;

/** What stood in the draft of this version, as the form knew it; nothing of another version. */
function seenOf(seen: string, { version }: VersionName): string | undefined {
  const [of, hash] = seen.split(' ');
  return of === version ? hash : undefined;
}

interface Sent {
  /** What stands in the box when the form is shown again. */
  readonly source: string;
  /** The input that it came from. */
  readonly at: '#source' | '#file';
  readonly status: number;
  readonly fault?: string;
}

/** The file that was chosen, or else what was pasted. */
function readSent(request: Request): Sent {
  // Browsers send each line's end as two characters; a file has one, and its fingerprint with it.
  const pasted = (findValue(formOf(request), 'source') ?? '').replaceAll('\r\n', '\n');
  const upload = findUpload(request);
  const wrong = (at: Sent['at'], fault: string, status = 422) => ({ source: pasted, at, fault, status });
  if (upload === 'too large') {
    const most = LONGEST_FILE.toLocaleString('en');
    return wrong('#file', `The file is too large: it may have ${most} bytes, which is 2 MB, and no more`, 413);
  }
  if (!upload) {
    return pasted.trim() === ''
      ? wrong('#source', 'Choose the survey’s file, or paste it')
      : { source: pasted, at: '#source', status: 200 };
  }
  const read = readUploaded(upload.bytes, upload.name);
  return 'fault' in read ? wrong('#file', read.fault) : { source: read.text, at: '#file', status: 200 };
}
