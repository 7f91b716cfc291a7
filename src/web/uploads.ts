/** Reading a form with a file: on the few addresses that take one, and nowhere else. */
import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { formOf, LIMITS, readForms, refuseStrange } from './forms.ts';
import { Problem } from './problems.ts';

/** The longest file, in bytes: longer than any survey file may be. The box beside it may hold as much. */
export const LONGEST_FILE = 2_000_000;

/** A whole form: a file, what stood in the box, and room for the lines that part them. */
const LONGEST_FORM = 2 * LONGEST_FILE + 100_000;

/** The name of the input for the file. */
const FILE = 'file';

/** A file as it came. Its name is what somebody's computer calls it: for people to read, and never to open anything. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const uploads = new WeakMap<Request, Upload | 'too large'>();

/** The file that came with the form; undefined where none was chosen, `too large` where it was not read to its end. */
export const findUpload = (request: Request): Upload | 'too large' | undefined => uploads.get(request);

const readParts = multer({
  storage: multer.memoryStorage(),
  defParamCharset: 'utf8',
  limits: {
    fileSize: LONGEST_FILE,
    fieldSize: LONGEST_FILE,
    fieldNameSize: LIMITS.nameLength,
    // Names are names: brackets in them build nothing.
    fieldNestingDepth: 0,
    files: 1,
    fields: 20,
    parts: 21,
    headerPairs: 20,
  },
}).single(FILE);

/** Reads a form as `readForms` does, and one of the kind that brings files into `request.body` and `findUpload`. */
export function readFormWithFile(): RequestHandler[] {
  const withFile = (request: Request) => typeof request.is('multipart/form-data') === 'string';
  return [
    (request, response, next) => (withFile(request) ? readUpload(request, response, next) : next()),
    ...readForms().map(
      (read): RequestHandler =>
        (request, response, next) =>
          withFile(request) ? next() : read(request, response, next),
    ),
  ];
}

const readUpload: RequestHandler = (request, response, next) => {
  const bytes = Number(request.get('content-length') ?? Number.NaN);
  // Browsers say how much they send; whoever does not could send without end.
  if (!Number.isFinite(bytes)) return next(new Problem('bad_form'));
  if (bytes > LONGEST_FORM) {
    request.body = Object.create(null);
    uploads.set(request, 'too large');
    // Let go by unread: a browser that is answered in the midst of sending shows no page.
    request.resume().once('end', () => next());
    return;
  }
  readParts(request, response, (error: unknown) => {
    if (error) return next(refuse(request, error));
    try {
      for (const [name, values] of Object.entries(formOf(request))) {
        for (const value of [values ?? []].flat()) refuseStrange(name, value);
      }
    } catch (problem) {
      return next(problem);
    }
    const { file } = request;
    if (file) uploads.set(request, { name: file.originalname, bytes: file.buffer });
    next();
  });
};

/** What to go on with after trouble: nothing for a file that is too large, which the page itself tells. */
function refuse(request: Request, error: unknown): Problem | undefined {
  if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') {
    uploads.set(request, 'too large');
    return undefined;
  }
  const tooMuch = error instanceof MulterError && /_(VALUE|COUNT)$/.test(error.code);
  return new Problem(tooMuch ? 'too_large' : 'bad_form', { cause: error });
}
