const TYPES = ['Heparin 5 mL', 'Insulin R 10 mL', 'Mab-217 2 mL', 'Tetanus vaccine', 'Lidocaine 1 %', 'Saline 50 mL'];

/** Lots as a plant has them: a few types, from a fifth of a day to two days of filling; the same every time. */
export function lotsFor(amount: number): {lot_id: string; lot_type: string; vials: number}[] {
  let state = 20_261_121;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return Array.from({length: amount}, (_, at) => {
    const type = TYPES[Math.floor(next() * TYPES.length)]!;
    return {
      lot_id: `${type.slice(0, 3).toUpperCase()}-${String(at + 1).padStart(3, '0')}`,
      lot_type: type,
      vials: 1_000 * Math.round(90 + next() * 800),
    };
  });
}
