/** A few lots to try planning with. */
export const EXAMPLE = `Lot ID,Type,Vials
HEP-01,Heparin 5 mL,612000
HEP-02,Heparin 5 mL,348000
INS-01,Insulin R 10 mL,884000
MAB-01,Mab-217 2 mL,236000
INS-02,Insulin R 10 mL,531000
TET-01,Tetanus vaccine,402000
HEP-03,Heparin 5 mL,295000
INS-03,Insulin R 10 mL,767000
MAB-02,Mab-217 2 mL,118000
TET-02,Tetanus vaccine,655000
HEP-04,Heparin 5 mL,743000
INS-04,Insulin R 10 mL,426000
TET-03,Tetanus vaccine,189000
MAB-03,Mab-217 2 mL,324000
HEP-05,Heparin 5 mL,160000
`;
