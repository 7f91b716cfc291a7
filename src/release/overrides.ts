/** What is refused unless a named person takes it on themselves. Each gate has a reason of its own, which opens no other. */

export const GATES = ['few', 'beside', 'seen'] as const;
export type Gate = (typeof GATES)[number];

/** What a gate lets through, in the words of the record, of the form and of the help. */
export const ABOUT: Readonly<Record<Gate, string>> = {
  few: 'a public data file of few responses',
  beside: 'tables and a data file that tell more together than each',
  seen: 'tables soon after others that only staff have seen',
};

/** Why a gate is to open. */
export interface GateReason {
  readonly gate: Gate;
  readonly reason: string;
}

/** A named person's word for one gate. It stands on the record, whether it was needed or not. */
export interface Override extends GateReason {
  readonly by: string;
}

export const overridesBy = (by: string, reasons: readonly GateReason[]): Override[] =>
  reasons.map(({ gate, reason }) => ({ gate, by, reason }));

export const isOpen = (wanted: Gate, overrides: readonly Override[] = []): boolean =>
  overrides.some(({ gate }) => gate === wanted);

/** "they signed the agreement (tables and a data file that tell more together than each)". */
export const sayReason = ({ gate, reason }: GateReason): string => `${reason} (${ABOUT[gate]})`;
