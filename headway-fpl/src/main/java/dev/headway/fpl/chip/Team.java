package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A team and its money. The limit per club is left out. Immutable.
 *
 * @param players the squad
 * @param bank money in hand, in tenths of a million
 */
record Team(List<Candidate> players, int bank) {
  /** Copies the list. */
  Team {
    players = List.copyOf(players);
  }

  /**
   * The team after the one transfer that gains most; the same where none gains anything.
   *
   * @param market everybody who can be had, the best first
   * @param points what is gained or lost with a player
   */
  Team improved(List<Candidate> market, ToDoubleFunction<Candidate> points) {
    Candidate sold = null;
    Candidate bought = null;
    double most = 0;
    for (var out : players) {
      var in = replacement(out, market);
      double gain = in == null ? 0 : points.applyAsDouble(in) - points.applyAsDouble(out);
      if (gain > most) {
        most = gain;
        sold = out;
        bought = in;
      }
    }
    return sold == null || bought == null ? this : exchanged(sold, bought);
  }

  private Team exchanged(Candidate sold, Candidate bought) {
    var squad = new ArrayList<>(players);
    squad.remove(sold);
    squad.add(bought);
    return new Team(squad, bank + sold.sellingPrice() - bought.price());
  }

  private @Nullable Candidate replacement(Candidate out, List<Candidate> market) {
    for (var in : market) {
      if (in.position() == out.position()
          && in.price() <= out.sellingPrice() + bank
          && !players.contains(in)) {
        return in;
      }
    }
    return null;
  }
}
