/** Files that leave together. */

/** By name. */
export type ReleaseFiles = Readonly<Record<string, string>>;

/** What the folder of a release and its data are called: made-up answers say so. */
export function releaseName(survey: string, number: number, synthetic: boolean): string {
  return `${survey}-${number}${synthetic ? '-synthetic' : ''}`;
}
