/** Work in the background beside respondents. */

/** Lets everybody else have their turn. */
export const pause = () => new Promise((resolve) => setImmediate(resolve));
