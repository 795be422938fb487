package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds lots whose lines do not exist and locks that contradict themselves or each other. */
final class LockCheck {
  private static final int MOST_NAMED = 10;

  private final List<String> lines;
  private final Map<String, ReadLots.Placed> byId = new HashMap<>();
  private final List<Defect> defects = new ArrayList<>();

  private LockCheck(List<ReadLots.Placed> lots, Settings rules) {
    lines = rules.lines().stream().map(Line::name).toList();
    lots.forEach(placed -> byId.put(placed.lot().id(), placed));
  }

  static List<Defect> defects(List<ReadLots.Placed> lots, Settings rules) {
    var check = new LockCheck(lots, rules);
    lots.forEach(check::check);
    return check.defects;
  }

  private void check(ReadLots.Placed placed) {
    var lot = placed.lot();
    for (var name : lot.terms().lines()) {
      if (!lines.contains(name)) {
        refuse(
            placed,
            "Lot '%s' may run on '%s', which is no line; lines are: %s."
                .formatted(lot.id(), Numbers.shorten(name), String.join(", ", lines)));
      }
    }
    if (lot.terms().lock().start() != null && allowed(placed).size() > 1) {
      refuse(
          placed,
          "Lot '%s' is locked in time, so it needs one line; name it in lines."
              .formatted(lot.id()));
    }
    if (lot.terms().lock().after() != null) {
      checkOrder(placed, lot.terms().lock().after());
    }
  }

  private void refuse(ReadLots.Placed placed, String message) {
    defects.add(new Defect(null, placed.row(), null, message));
  }

  private Set<String> allowed(ReadLots.Placed placed) {
    return lines.stream()
        .filter(name -> placed.lot().terms().allows(name))
        .collect(Collectors.toSet());
  }

  private void checkOrder(ReadLots.Placed placed, String after) {
    var id = placed.lot().id();
    if (!byId.containsKey(after)) {
      refuse(
          placed,
          "Lot '%s' comes after '%s', which is not among the lots."
              .formatted(id, Numbers.shorten(after)));
      return;
    }
    var chain = chain(placed);
    if (chain.getLast().lot().id().equals(id) && chain.size() > 1) {
      refuse(placed, "Lot '%s' comes after itself: %s.".formatted(id, ids(chain)));
      return;
    }
    var common = new HashSet<>(lines);
    chain.forEach(earlier -> common.retainAll(allowed(earlier)));
    if (common.isEmpty() && chain.stream().noneMatch(earlier -> allowed(earlier).isEmpty())) {
      refuse(placed, "No line may run all of: %s.".formatted(ids(chain)));
    }
    checkTimes(placed, chain);
  }

  /** A lot locked in time comes after those of its chain that are. */
  private void checkTimes(ReadLots.Placed placed, List<ReadLots.Placed> chain) {
    var start = placed.lot().terms().lock().start();
    for (var earlier : chain.subList(1, chain.size())) {
      var other = earlier.lot().terms().lock().start();
      if (start != null && other != null && !other.isBefore(start)) {
        refuse(
            placed,
            "Lot '%s' is locked at %s, but comes after '%s', which is locked at %s."
                .formatted(placed.lot().id(), start, earlier.lot().id(), other));
      }
    }
  }

  /** A lot and those before it, up to the first one or to where the chain bites its tail. */
  private List<ReadLots.Placed> chain(ReadLots.Placed placed) {
    var chain = new ArrayList<ReadLots.Placed>();
    var seen = new HashSet<String>();
    ReadLots.@Nullable Placed next = placed;
    while (next != null && seen.add(next.lot().id())) {
      chain.add(next);
      next = before(next);
    }
    if (next != null) {
      chain.add(next);
    }
    return chain;
  }

  private ReadLots.@Nullable Placed before(ReadLots.Placed placed) {
    var after = placed.lot().terms().lock().after();
    return after == null ? null : byId.get(after);
  }

  private static String ids(List<ReadLots.Placed> chain) {
    return chain.stream()
        .limit(MOST_NAMED)
        .map(placed -> "'%s'".formatted(placed.lot().id()))
        .collect(Collectors.joining(", "));
  }
}
