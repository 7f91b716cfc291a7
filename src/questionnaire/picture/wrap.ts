/** Text broken into lines for a picture, where nothing breaks it by itself. */

/** Widths in parts of the font's size, a little on the wide side: whoever opens the file may have another font. */
const NARROW = /[\s.,;:'’‘!|()[\]ijlrtfI1]/;
const WIDE = /[mwMW@%—…]/;
const LATIN = /[\p{Script=Latin}\p{N}\p{P}\p{S}]/u;

/** About how wide a text is, in the unit of the size. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + widthOfOne(character), 0) * size;
}

function widthOfOne(character: string): number {
  if (NARROW.test(character)) return 0.36;
  if (WIDE.test(character)) return 0.9;
  if (!LATIN.test(character)) return 1;
  return /\p{Lu}/u.test(character) ? 0.68 : 0.57;
}

/** The lines of a text; a word that is too long for a line is cut. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => cut(each, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

function cut(word: string, size: number, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && widthOf(part + character, size) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
