/**
 * The program will not start on this data, and has left it as it was. The message is one plain sentence: which file,
 * what is wrong with it, and what to do.
 */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
