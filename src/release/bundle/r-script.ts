/** load.R: reads data.csv with nothing but R itself: answers as factors, NA where there is none, and why on request. */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { titleOf } from './file-title.ts';

/** The text of the file, in ASCII: R reads a script in the machine's own encoding, which may be any. */
export function rScript({ about, rows, variables }: DataFile): string {
  const numbers = variables.filter(({ kind }) => kind !== 'name');
  return `# Reads data.csv, which stands in the same folder: ${rows} rows, ${variables.length} variables.
# Run it from that folder (setwd("folder")). It makes a data frame called \`data\`: answers are factors, and NA where
# there is none. Letters other than those of English are written as their numbers here, and shown as they are.

# TRUE: beside that, a column <name>_missing for each variable, which says why there is NA.
if (!exists("keep_reasons")) keep_reasons <- FALSE

data <- read.csv(
  "data.csv",
  colClasses = unlist(list(
${listed(variables.map(({ name, kind }) => `${name} = ${CLASSES[kind]}`))}
  )),
  check.names = FALSE, fill = FALSE, na.strings = character(), encoding = "UTF-8"
)
stopifnot(nrow(data) == ${rows}L, ncol(data) == ${variables.length}L)

reasons <- list(
  codes = c(${MISSING_WORDS.map(({ value }) => `${value}L`).join(', ')}),
  labels = c(
${listed(MISSING_WORDS.map(({ label }) => quoted(label)))}
  )
)

labels <- list(
${listed(variables.map(({ name, label }) => `${name} = ${quoted(label)}`))}
)

categories <- list(
${numbers
  .filter(({ kind }) => kind === 'categories')
  .map(categoriesOf)
  .join(',\n')}
)

why <- list()
for (name in c(
${listed(numbers.map(({ name }) => quoted(name)))}
)) {
  values <- data[[name]]
  none <- values %in% reasons$codes
  why[[paste0(name, "_missing")]] <- factor(ifelse(none, values, NA), reasons$codes, reasons$labels)
  values[none] <- NA
  among <- categories[[name]]
  if (!is.null(among)) {
    stopifnot(none | values %in% among$codes)
    values <- factor(values, among$codes, among$labels, ordered = among$ordered)
  }
  data[[name]] <- values
}
for (name in names(labels)) attr(data[[name]], "label") <- labels[[name]]
if (keep_reasons) {
  data <- cbind(data, as.data.frame(why))
  names(data) <- make.unique(names(data))
}
attr(data, "label") <- ${quoted(titleOf(about))}
rm(name, values, none, among, why, labels, categories, reasons)
`;
}

const CLASSES = { name: '"character"', categories: '"integer"', count: '"integer"', weight: '"numeric"' };

function categoriesOf({ name, ordered, categories }: DataVariable): string {
  return `  ${name} = list(
    ordered = ${ordered ? 'TRUE' : 'FALSE'},
    codes = c(${categories.map(({ value }) => `${value}L`).join(', ')}),
    labels = c(
${listed(distinct(categories).map(quoted), '      ')}
    )
  )`;
}

/** R takes categories of the same words for the same category, so each of them says its code too. */
function distinct(categories: DataVariable['categories']): string[] {
  const labels = categories.map(({ label }) => label);
  return categories.map(({ value, label }) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${value})`,
  );
}

function listed(items: readonly string[], indent = '    '): string {
  return items.map((item) => indent + item).join(',\n');
}

function quoted(text: string): string {
  const said = Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') return `\\${character}`;
    return point >= 0x20 && point < 0x7f ? character : `\\U{${point.toString(16)}}`;
  });
  return `"${said.join('')}"`;
}
