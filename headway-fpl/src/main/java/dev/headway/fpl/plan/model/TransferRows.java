package dev.headway.fpl.plan.model;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.Chip;
import java.util.List;

/** The rows of a plan's program that count transfers, free ones, saved ones and hits. */
final class TransferRows {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final PlanVariables model;
  private final PlanRequest request;
  private final PlanWeights weights;
  private final List<Candidate> candidates;

  TransferRows(PlanVariables model) {
    this.model = model;
    this.request = model.request();
    this.weights = request.weights();
    this.candidates = request.candidates();
  }

  /** Adds the rows of a week. */
  void addTo(int week) {
    if (week == 0 && request.fresh()) {
      addFirstSquad();
      return;
    }
    int all = request.rules().squadSize();
    var hits = model.number(0, all);
    var over = model.integer(0, 1);
    model
        .objective()
        .setCoefficient(
            hits, -weights.ofWeek(week) * weights.caution() * request.rules().hitCost());
    countTransfers(week);
    var made = model.transfers(week);
    var had = model.free(week);
    var paid = model.row(0, INFINITE).plus(1, hits).plus(-1, made).plus(1, had).constraint();
    model.onChip(Chip.WILDCARD, week, paid, all);
    model.row(-INFINITE, 0).plus(1, hits).plus(-all, over);
    var next = model.free(week + 1);
    int cap = request.rules().freeTransferCap();
    // Whoever takes a hit has saved nothing; without this row a hit could buy a saved transfer.
    model.row(-INFINITE, cap).plus(1, next).plus(cap - 1, over);
    var saved = model.row(-INFINITE, 1).plus(1, next).plus(-1, had).plus(1, made).plus(-1, hits);
    model.onChip(Chip.WILDCARD, week, saved.constraint(), -all);
    var kept = model.row(-INFINITE, 1).plus(1, next).constraint();
    if (week > 0 || request.freeTransfers() > 0) {
      kept.setCoefficient(had, -1);
      model.onChip(Chip.WILDCARD, week, kept, 1);
      model.onChip(Chip.FREE_HIT, week, kept, 1);
    }
    var still = model.row(-INFINITE, all).plus(1, made).constraint();
    model.onChip(Chip.FREE_HIT, week, still, all);
    addSavedValue(week);
  }

  /* Before its first deadline a team buys for nothing and saves nothing. */
  private void addFirstSquad() {
    countTransfers(0);
    model.free(1).setBounds(1, 1);
    addSavedValue(0);
  }

  private void countTransfers(int week) {
    // In the first week buying is the squad variable itself, so the count is exact.
    var count = model.constraint(week == 0 ? 0 : -INFINITE, 0);
    count.setCoefficient(model.transfers(week), -1);
    for (int i = 0; i < candidates.size(); i++) {
      if (week > 0 || !candidates.get(i).owned()) {
        count.setCoefficient(model.cell(i, week).bought(), 1);
      }
    }
  }

  private void addSavedValue(int week) {
    boolean last = week == request.horizon() - 1;
    double weight =
        weights.caution() * (weights.ofWeek(week) - (last ? 0 : weights.ofWeek(week + 1)));
    var beyondFirst = model.constraint(-INFINITE, -1);
    beyondFirst.setCoefficient(model.free(week + 1), -1);
    for (double worth : weights.savedTransfers()) {
      var saved = model.number(0, 1);
      model.objective().setCoefficient(saved, weight * worth);
      beyondFirst.setCoefficient(saved, 1);
    }
  }
}
