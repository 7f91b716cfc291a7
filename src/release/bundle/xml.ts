/** XML as text: elements inside one another, everything escaped, indented where it holds elements only. */
import { escapeXml } from '../../questionnaire/picture/escape-xml.ts';

/** A piece of XML that `element` or `textElement` made. */
export interface Xml {
  readonly lines: readonly string[];
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element of elements; those left out (`undefined`) are not there. */
export function element(name: string, attributes: Attributes, ...children: readonly (Xml | undefined)[]): Xml {
  const inside = children.flatMap((child) => child?.lines ?? []).map((line) => `  ${line}`);
  if (inside.length === 0) return { lines: [`<${name}${printed(attributes)}/>`] };
  return { lines: [`<${name}${printed(attributes)}>`, ...inside, `</${name}>`] };
}

/** An element of text. */
export function textElement(name: string, text: string | number, attributes: Attributes = {}): Xml {
  return { lines: [`<${name}${printed(attributes)}>${escapeXml(String(text))}</${name}>`] };
}

/** A whole document in UTF-8. */
export function documentOf({ lines }: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines.join('\n')}\n`;
}

function printed(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('');
}
