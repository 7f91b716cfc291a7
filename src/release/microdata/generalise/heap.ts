/** What is waiting, the smallest bound first; of equal bounds the smallest number (a binary heap). */
export interface Waiting {
  push(bound: number, number: number): void;
  pop(): { readonly bound: number; readonly number: number } | undefined;
}

export function waiting(): Waiting {
  const heap: { readonly bound: number; readonly number: number }[] = [];
  const before = (one: number, other: number): boolean => {
    const [a, b] = [heap[one], heap[other]];
    return a !== undefined && b !== undefined && (a.bound < b.bound || (a.bound === b.bound && a.number < b.number));
  };
  const swap = (one: number, other: number): void => {
    const [a, b] = [heap[one], heap[other]];
    if (a && b) [heap[one], heap[other]] = [b, a];
  };
  return {
    push: (bound, number) => {
      let at = heap.push({ bound, number }) - 1;
      for (let above = (at - 1) >> 1; at > 0 && before(at, above); above = (at - 1) >> 1) {
        swap(at, above);
        at = above;
      }
    },
    pop: () => {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length === 0 || !last) return first;
      heap[0] = last;
      for (let at = 0, least = 0; ; at = least) {
        for (const below of [2 * at + 1, 2 * at + 2]) if (before(below, least)) least = below;
        if (least === at) return first;
        swap(at, least);
      }
    },
  };
}
