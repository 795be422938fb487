package dev.headway.filling.revision;

import dev.headway.core.error.Defect;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan in which lots are moved, one after the other. Used by one thread. */
final class MovedPlan {
  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<List<List<Integer>>> lines = new ArrayList<>();
  private final List<Defect> defects;

  /**
   * @param defects takes what is wrong with moves
   */
  MovedPlan(Problem problem, Plan plan, List<Defect> defects) {
    this.defects = defects;
    names = problem.settings().lines().stream().map(Line::name).toList();
    problem.lots().forEach(lot -> numbers.put(lot.id(), numbers.size()));
    for (var blocks : plan.lines()) {
      var copies = new ArrayList<List<Integer>>();
      blocks.forEach(block -> copies.add(new ArrayList<>(block.lots())));
      lines.add(copies);
    }
  }

  /** A place in the plan: a block of a line, and a position in the block. */
  private record Place(int line, int block, int position) {}

  /** The plan as it is now. */
  Plan plan() {
    return new Plan(lines.stream().map(MovedPlan::blocks).toList());
  }

  private static List<Block> blocks(List<List<Integer>> blocks) {
    return blocks.stream().map(Block::new).toList();
  }

  /** Moves a lot, or notes why it cannot be moved. */
  void move(LotMove move, String field) {
    var lot = number(move.lotId(), field + ".lot_id");
    var beside = move.after() != null ? move.after() : move.before();
    var besideField = field + (move.after() != null ? ".after" : ".before");
    if (move.after() != null && move.before() != null) {
      refuse(field + ".before", "A move has after or before, not both.");
      return;
    }
    var neighbour = beside == null ? null : number(beside, besideField);
    if (lot == null || move.stays() || (beside != null && neighbour == null)) {
      return;
    }
    if (lot.equals(neighbour)) {
      refuse(besideField, "Lot '%s' cannot be moved beside itself.".formatted(beside));
      return;
    }
    var own = find(lot).line();
    var line = line(move, field, neighbour == null ? own : find(neighbour).line());
    if (line != null && agrees(line, neighbour, besideField)) {
      remove(lot);
      insert(lot, line, neighbour, move);
    }
  }

  private @Nullable Integer number(String id, String field) {
    var number = numbers.get(id);
    if (number == null) {
      refuse(field, "There is no lot '%s' in this schedule.".formatted(id));
    }
    return number;
  }

  private @Nullable Integer line(LotMove move, String field, int otherwise) {
    if (move.line() == null) {
      return otherwise;
    }
    var line = names.indexOf(move.line());
    if (line < 0) {
      var known = String.join(", ", names);
      refuse(
          field + ".line", "There is no line '%s'; lines are: %s.".formatted(move.line(), known));
      return null;
    }
    return line;
  }

  private boolean agrees(int line, @Nullable Integer neighbour, String field) {
    var actual = neighbour == null ? line : find(neighbour).line();
    if (actual != line) {
      refuse(
          field, "That lot is on '%s', not on '%s'.".formatted(names.get(actual), names.get(line)));
    }
    return actual == line;
  }

  private Place find(int lot) {
    for (var line = 0; line < lines.size(); line++) {
      for (var block = 0; block < lines.get(line).size(); block++) {
        var position = lines.get(line).get(block).indexOf(lot);
        if (position >= 0) {
          return new Place(line, block, position);
        }
      }
    }
    throw new IllegalStateException("The plan lacks lot %d.".formatted(lot));
  }

  private void remove(int lot) {
    var place = find(lot);
    var blocks = lines.get(place.line());
    blocks.get(place.block()).remove(/* index */ place.position());
    if (blocks.get(place.block()).isEmpty()) {
      blocks.remove(place.block());
    }
  }

  private void insert(int lot, int line, @Nullable Integer neighbour, LotMove move) {
    var blocks = lines.get(line);
    if (blocks.isEmpty()) {
      blocks.add(new ArrayList<>(List.of(lot)));
      return;
    }
    var place = neighbour == null ? end(line) : find(neighbour);
    var position = place.position() + (neighbour == null || move.after() != null ? 1 : 0);
    var block = blocks.get(place.block());
    block.add(position, lot);
    if (move.cleaned() && position > 0) {
      var rest = block.subList(position, block.size());
      blocks.add(place.block() + 1, new ArrayList<>(rest));
      rest.clear();
    }
  }

  private Place end(int line) {
    var blocks = lines.get(line);
    return new Place(line, blocks.size() - 1, blocks.getLast().size() - 1);
  }

  private void refuse(String field, String message) {
    defects.add(Defect.ofField(field, message));
  }
}
