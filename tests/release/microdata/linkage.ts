/** Somebody who knows all keys of a respondent and holds the file (rule M7). A withheld key may be anything to them. */
const WITHHELD = -6;

/**
 * The fewest rows that fit some respondent of whom any row fits.
 * @param published the keys of each row of the file
 * @param respondents the true keys of everybody who answered
 */
export function fewestFound(
  published: readonly (readonly number[])[],
  respondents: readonly (readonly number[])[],
): number {
  const found = respondents.map(
    (true_) => published.filter((row) => row.every((key, place) => key === WITHHELD || key === true_[place])).length,
  );
  return Math.min(...found.filter((rows) => rows > 0), Number.POSITIVE_INFINITY);
}
