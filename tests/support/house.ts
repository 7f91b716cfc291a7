/** The rules of the house, as `docs/architecture.md` tells them, over file names and their text. */

/** Rooms from the ground up: a room may use those before it and none after. */
export const ROOMS = [
  'questionnaire',
  'db',
  'web',
  'mail',
  'accounts',
  'fieldwork',
  'responses',
  'results',
  'release',
  'signups',
  'commands',
] as const;

/** Rooms at the edge of the program, which talk to the outside and are not held to the three kinds of file. */
const EDGE = new Set(['db', 'web', 'commands']);

/** Who answered and what was answered never meet in one file. */
const APART: readonly (readonly [string, readonly string[]])[] = [
  ['signups', ['fieldwork', 'responses', 'results', 'release']],
];

/** Libraries that compute and do nothing else: a rules file may use them. */
const PURE = new Set([
  'zod',
  'big.js',
  'jsonc-parser',
  'd3-scale',
  'highs',
  'csv-stringify/sync',
  'csv-parse/sync',
  'hyparquet-writer',
  'otplib',
  'temporal-polyfill',
  'ical-generator',
  'uqr',
  '@dagrejs/dagre',
]);
const IN_STORE = new Set(['kysely', 'zod', 'node:crypto']);
const IN_ROUTES = new Set(['express']);

export interface Violation {
  readonly file: string;
  readonly reason: string;
}

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

/** Every break of the rules in a set of files: path from `src/` (`responses/store.ts`) to text. */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  return [...files].flatMap(([file, text]) => {
    const imports = importsOf(text);
    const reasons = [
      ...imports.flatMap((each) =>
        each.from.startsWith('.') ? insideReasons(file, each) : outsideReasons(file, each),
      ),
      ...purityReasons(file, text),
    ];
    return reasons.map((reason) => ({ file, reason }));
  });
}

function importsOf(text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm);
  const dynamic = text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g);
  return [
    ...[...statements].map(([, type, from, bare]) => ({ from: from ?? bare ?? '', typeOnly: type !== undefined })),
    ...[...dynamic].map(([, from]) => ({ from: from ?? '', typeOnly: false })),
  ];
}

function insideReasons(file: string, { from, typeOnly }: Import): string[] {
  const target = resolve(file, from);
  const [mine, theirs] = [roomOf(file), roomOf(target)];
  const reasons: string[] = [];
  if (mine === undefined) return reasons;
  if (theirs === undefined) {
    const allowed = target === 'config.ts' || target === 'app.ts' ? mine === 'commands' : false;
    if (!allowed) reasons.push(`imports ${target}, which stands above every room`);
    return reasons;
  }
  if (order(theirs) > order(mine)) reasons.push(`imports ${target}, but ${mine} stands below ${theirs}`);
  for (const [one, others] of APART) {
    if ((mine === one && others.includes(theirs)) || (theirs === one && others.includes(mine))) {
      reasons.push(`imports ${target}, but ${mine} and ${theirs} must never meet: it would join names to answers`);
    }
  }
  if (mine !== theirs && nameOf(target) === 'routes.ts' && theirs !== 'web') {
    reasons.push(`imports ${target}: another room's routes are app.ts's alone`);
  }
  const isRules = kindOf(file) === 'rules' && !EDGE.has(mine);
  if (isRules && !typeOnly && (kindOf(target) !== 'rules' || EDGE.has(theirs))) {
    reasons.push(`imports ${target}: a rules file uses rules files only`);
  }
  return reasons;
}

function outsideReasons(file: string, { from, typeOnly }: Import): string[] {
  const room = roomOf(file);
  if (room === undefined || EDGE.has(room) || typeOnly) return [];
  const kind = kindOf(file);
  const allowed = kind === 'store' ? IN_STORE : kind === 'routes' ? IN_ROUTES : PURE;
  return allowed.has(from) ? [] : [`imports ${from}, which a ${kind} file may not`];
}

function purityReasons(file: string, text: string): string[] {
  const reasons: string[] = [];
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  if (file !== 'config.ts' && /\bprocess\.env\b/.test(code))
    reasons.push('reads the environment, which config.ts alone does');
  const room = roomOf(file);
  if (room === undefined || EDGE.has(room) || kindOf(file) !== 'rules') return reasons;
  for (const [what, pattern] of [
    ['the clock', /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/],
    ['chance', /\bMath\.random\(|\bcrypto\.|\brandomBytes\(/],
    ['the process', /\bprocess\./],
  ] as const) {
    if (pattern.test(code)) reasons.push(`uses ${what}: a rules file is handed what it needs`);
  }
  return reasons;
}

function resolve(file: string, from: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const step of from.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}

function roomOf(file: string): string | undefined {
  return file.includes('/') ? file.split('/')[0] : undefined;
}

function nameOf(file: string): string {
  return file.split('/').at(-1) ?? file;
}

function kindOf(file: string): 'rules' | 'store' | 'routes' {
  const name = nameOf(file);
  if (name === 'store.ts') return 'store';
  return name === 'routes.ts' ? 'routes' : 'rules';
}

function order(room: string): number {
  const place: number = ROOMS.map(String).indexOf(room);
  return place === -1 ? Number.NEGATIVE_INFINITY : place;
}
