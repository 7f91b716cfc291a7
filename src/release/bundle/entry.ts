/** A file that will stand in a zip; what is in it is made when it is written, piece by piece. */
export interface Entry {
  /** With its folders: `choirs-3/data.csv`. */
  readonly name: string;
  /** Asked for once, when all entries before it have been written. */
  readonly chunks: () => Iterable<string | Uint8Array>;
}
