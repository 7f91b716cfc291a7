/** The words between the names in a described condition. */

export interface Connectives {
  readonly and: string;
  readonly or: string;
  not(inner: string): string;
  is(subject: string, value: string): string;
  /** With `orBlank`, no answer will do as well. */
  isNot(subject: string, value: string, orBlank: boolean): string;
  includes(subject: string, value: string): string;
  includesNone(subject: string, value: string, orBlank: boolean): string;
  answered(subject: string): string;
  blank(subject: string): string;
  count(subject: string, bounds: string, except: string | undefined): string;
  readonly bounds: {
    equals(value: string): string;
    atLeast(value: string): string;
    atMost(value: string): string;
    moreThan(value: string): string;
    lessThan(value: string): string;
  };
}

const EN: Connectives = {
  and: 'and',
  or: 'or',
  not: (inner) => `not (${inner})`,
  is: (subject, value) => `${subject} is ${value}`,
  isNot: (subject, value, orBlank) => `${subject} is ${orBlank ? '' : 'answered and is '}not ${value}`,
  includes: (subject, value) => `${subject} includes ${value}`,
  includesNone: (subject, value, orBlank) => `${subject} ${orBlank ? '' : 'is answered and '}does not include ${value}`,
  answered: (subject) => `${subject} is answered`,
  blank: (subject) => `${subject} has no answer`,
  count: (subject, bounds, except) =>
    `the number ticked at ${subject}${except === undefined ? '' : `, without ${except},`} is ${bounds}`,
  bounds: {
    equals: (value) => value,
    atLeast: (value) => `${value} or more`,
    atMost: (value) => `${value} or less`,
    moreThan: (value) => `more than ${value}`,
    lessThan: (value) => `less than ${value}`,
  },
};

export const CONNECTIVES: {
  readonly en: Connectives;
  /** For tests of what somebody answered, said to people: a question is nothing, its answer is. */
  readonly enAnswers: Connectives;
  readonly cy: Connectives;
} = {
  en: EN,
  enAnswers: {
    ...EN,
    is: (subject, value) => `the answer to ${subject} is ${value}`,
    isNot: (subject, value, orBlank) =>
      orBlank ? `the answer to ${subject} is not ${value}` : `${subject} is answered, and not with ${value}`,
    includes: (subject, value) => `the answer to ${subject} includes ${value}`,
    includesNone: (subject, value, orBlank) =>
      orBlank ? `the answer to ${subject} does not include ${value}` : `${subject} is answered, without ${value}`,
    count: (subject, bounds, except) =>
      `the number of answers ticked at ${subject}${except === undefined ? '' : ` (${except} not counted)`} is ${bounds}`,
  },
  cy: {
    and: 'a hefyd',
    or: 'neu',
    not: (inner) => `nid (${inner})`,
    is: (subject, value) => `yr ateb i ${subject} yw ${value}`,
    isNot: (subject, value, orBlank) =>
      orBlank ? `nid ${value} yw’r ateb i ${subject}` : `mae ateb i ${subject} ac nid ${value} ydyw`,
    includes: (subject, value) => `mae’r ateb i ${subject} yn cynnwys ${value}`,
    includesNone: (subject, value, orBlank) =>
      orBlank ? `nid yw’r ateb i ${subject} yn cynnwys ${value}` : `mae ateb i ${subject} ac nid yw’n cynnwys ${value}`,
    answered: (subject) => `mae ateb i ${subject}`,
    blank: (subject) => `nid oes ateb i ${subject}`,
    count: (subject, bounds, except) =>
      `y nifer a diciwyd yn ${subject}${except === undefined ? '' : `, heb ${except},`} yw ${bounds}`,
    bounds: {
      equals: (value) => value,
      atLeast: (value) => `${value} neu fwy`,
      atMost: (value) => `${value} neu lai`,
      moreThan: (value) => `mwy na ${value}`,
      lessThan: (value) => `llai na ${value}`,
    },
  },
};
