package dev.headway.fpl.constraint;

import dev.headway.core.error.Defect;
import dev.headway.fpl.constraint.Constraints.ChipDemand;
import dev.headway.fpl.constraint.Constraints.Move;
import dev.headway.fpl.constraint.Constraints.PlayerRule;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns constraints into demands on a plan, and finds everything in them that cannot be: players
 * that are not there, gameweeks outside the plan, and whatever contradicts another constraint. What
 * money, quotas and clubs forbid only the search can tell.
 */
public final class ConstraintReader {
  private static final String FIELD = "constraints.";

  private final Constraints asked;
  private final PlanFrame frame;
  private final List<Restriction> restrictions = new ArrayList<>();
  private final List<Defect> defects = new ArrayList<>();
  private final Map<Integer, Set<Integer>> locked = new HashMap<>(); // gameweeks by player
  private final Map<Integer, Set<Integer>> banned = new HashMap<>();
  private final Map<Integer, Chip> played = new HashMap<>(); // by gameweek

  private ConstraintReader(Constraints asked, PlanFrame frame) {
    this.asked = asked;
    this.frame = frame;
  }

  /**
   * The demands of constraints.
   *
   * @param defects takes everything that is wrong with them
   */
  public static List<Restriction> read(
      @Nullable Constraints asked, PlanFrame frame, List<Defect> defects) {
    if (asked == null) {
      return List.of();
    }
    var reader = new ConstraintReader(asked, frame);
    reader.read();
    defects.addAll(reader.defects);
    return List.copyOf(reader.restrictions);
  }

  private void read() {
    players(asked.locks(), "locks", locked);
    players(asked.bans(), "bans", banned);
    locksAgainstBans();
    chips();
    rests();
    moves();
    locked.forEach((player, weeks) -> weeks.forEach(gw -> own(player, gw)));
    banned.forEach((player, weeks) -> weeks.forEach(gw -> disown(player, gw)));
  }

  private void players(
      @Nullable List<PlayerRule> rules, String name, Map<Integer, Set<Integer>> found) {
    var given = orNone(rules);
    for (int i = 0; i < given.size(); i++) {
      var rule = given.get(i);
      var field = FIELD + name + "[" + i + "]";
      var player = player(rule.playerId(), field + ".player_id");
      var weeks = found.computeIfAbsent(rule.playerId(), _ -> new HashSet<>());
      for (int gameweek : gameweeks(rule)) {
        if (inPlan(gameweek, field + ".gameweeks") && player.isPresent()) {
          weeks.add(gameweek);
        }
      }
    }
  }

  private List<Integer> gameweeks(PlayerRule rule) {
    var given = rule.gameweeks();
    return given == null
        ? IntStream.rangeClosed(frame.first(), frame.last()).boxed().toList()
        : given;
  }

  private void locksAgainstBans() {
    locked.forEach((player, weeks) -> {
      var both = new HashSet<>(weeks);
      both.retainAll(banned.getOrDefault(player, Set.of()));
      if (!both.isEmpty()) {
        reject(
            "locks",
            "%s is both locked and banned in gameweek %s; take one back"
                .formatted(name(player), listed(both)));
      }
    });
  }

  private void chips() {
    var rules = orNone(asked.chips());
    var weeks = new HashMap<Chip, Integer>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var field = FIELD + "chips[" + i + "]";
      var chip = Chip.named(rule.chip());
      if (chip.isEmpty()) {
        defects.add(
            Defect.ofField(
                field + ".chip",
                "Chip '%s' is not known. Use wildcard, free_hit, bench_boost or triple_captain"
                    .formatted(rule.chip())));
      } else if (inPlan(rule.gameweek(), field + ".gameweek")) {
        chip(chip.get(), rule, field, weeks);
      }
    }
    for (var rule : rules) {
      var chip = Chip.named(rule.chip());
      if (chip.isPresent() && !rule.demanded() && demanded(chip.get(), rule.gameweek())) {
        reject(
            "chips",
            "The %s is both demanded and forbidden in gameweek %d; take one back"
                .formatted(chip.get().label(), rule.gameweek()));
      }
    }
  }

  private boolean demanded(Chip chip, int gameweek) {
    return restrictions.contains(new Restriction.Played(chip, frame.week(gameweek)));
  }

  private void chip(Chip chip, ChipDemand rule, String field, Map<Chip, Integer> weeks) {
    int gameweek = rule.gameweek();
    if (!rule.demanded()) {
      restrictions.add(new Restriction.NotPlayed(chip, frame.week(gameweek)));
      return;
    }
    if (frame.chips().stream().noneMatch(w -> w.chip() == chip && w.contains(gameweek))) {
      defects.add(
          Defect.ofField(
              field,
              "The %s cannot be played in gameweek %d: it was played, is not in available_chips, or the game does not allow it then"
                  .formatted(chip.label(), gameweek)));
      return;
    }
    var other = played.put(gameweek, chip);
    if (other != null && other != chip) {
      defects.add(
          Defect.ofField(
              field,
              "Gameweek %d can have one chip, not %s and %s"
                  .formatted(gameweek, other.label(), chip.label())));
    }
    var before = weeks.put(chip, gameweek);
    if (before != null && before != gameweek && frame.sameWindow(chip, before, gameweek)) {
      defects.add(
          Defect.ofField(
              field,
              "The %s can be played once, not in gameweeks %d and %d"
                  .formatted(chip.label(), before, gameweek)));
    }
    restrictions.add(new Restriction.Played(chip, frame.week(gameweek)));
  }

  private void rests() {
    var weeks = orNone(asked.noTransfers());
    for (int i = 0; i < weeks.size(); i++) {
      int gameweek = weeks.get(i);
      var field = FIELD + "no_transfers[" + i + "]";
      if (!inPlan(gameweek, field)) {
        continue;
      }
      if (frame.fresh() && gameweek == frame.first()) {
        defects.add(
            Defect.ofField(
                field, "The team has no squad yet, so gameweek %d buys one".formatted(gameweek)));
      }
      restrictions.add(new Restriction.NoTransfers(frame.week(gameweek)));
    }
  }

  private void moves() {
    var squad = new HashSet<>(frame.owned());
    var indexed = new ArrayList<Integer>();
    IntStream.range(0, orNone(asked.moves()).size()).forEach(indexed::add);
    indexed.sort(Comparator.comparingInt(i -> orNone(asked.moves()).get(i).gameweek()));
    for (int i : indexed) {
      var move = orNone(asked.moves()).get(i);
      var field = FIELD + "moves[" + i + "]";
      var out = player(move.playerOutId(), field + ".player_out_id");
      var in = player(move.playerInId(), field + ".player_in_id");
      if (inPlan(move.gameweek(), field + ".gameweek") && out.isPresent() && in.isPresent()) {
        for (var wrong : wrong(move, squad, out.get(), in.get())) {
          defects.add(Defect.ofField(field, wrong));
        }
        squad.remove(move.playerOutId());
        squad.add(move.playerInId());
        book(move);
      }
    }
  }

  private List<String> wrong(Move move, Set<Integer> squad, Player out, Player in) {
    var wrong = new ArrayList<String>();
    int gameweek = move.gameweek();
    if (out.position() != in.position()) {
      wrong.add(
          "%s is a %s and %s a %s; a transfer keeps the position"
              .formatted(
                  out.webName(), out.position().label(), in.webName(), in.position().label()));
    }
    if (!squad.contains(out.id())) {
      wrong.add("%s is not in the squad before gameweek %d".formatted(out.webName(), gameweek));
    }
    if (squad.contains(in.id())) {
      wrong.add("%s is in the squad before gameweek %d".formatted(in.webName(), gameweek));
    }
    if (orNone(asked.noTransfers()).contains(gameweek)) {
      wrong.add("no_transfers has gameweek %d, too; take one back".formatted(gameweek));
    }
    if (holds(locked, out, gameweek)) {
      wrong.add("%s is locked in gameweek %d; take one back".formatted(out.webName(), gameweek));
    }
    if (holds(banned, in, gameweek)) {
      wrong.add("%s is banned in gameweek %d; take one back".formatted(in.webName(), gameweek));
    }
    if (in.nowCost() > frame.most(in.position())) {
      wrong.add(
          "%s costs %.1fm; beside the cheapest fourteen others the team can pay %.1fm"
              .formatted(in.webName(), in.nowCost() / 10.0, frame.most(in.position()) / 10.0));
    }
    return wrong;
  }

  private static boolean holds(Map<Integer, Set<Integer>> rules, Player player, int gameweek) {
    return rules.getOrDefault(player.id(), Set.of()).contains(gameweek);
  }

  /* The move is made for this gameweek, not before. */
  private void book(Move move) {
    disown(move.playerOutId(), move.gameweek());
    own(move.playerInId(), move.gameweek());
    if (move.gameweek() > frame.first()) {
      own(move.playerOutId(), move.gameweek() - 1);
      disown(move.playerInId(), move.gameweek() - 1);
    }
  }

  private void own(int player, int gameweek) {
    int week = frame.week(gameweek);
    restrictions.add(new Restriction.Owned(player, week, week));
  }

  private void disown(int player, int gameweek) {
    int week = frame.week(gameweek);
    restrictions.add(new Restriction.NotOwned(player, week, week));
  }

  private Optional<Player> player(int id, String field) {
    var player = frame.market().stream().filter(p -> p.id() == id).findFirst();
    if (player.isEmpty()) {
      defects.add(Defect.ofField(field, "No player that can be had has the id " + id));
    }
    return player;
  }

  private boolean inPlan(int gameweek, String field) {
    boolean in = frame.first() <= gameweek && gameweek <= frame.last();
    if (!in) {
      defects.add(
          Defect.ofField(
              field,
              "Gameweek %d is not in the plan, which has %d to %d"
                  .formatted(gameweek, frame.first(), frame.last())));
    }
    return in;
  }

  private void reject(String name, String message) {
    defects.add(Defect.ofField(FIELD + name, message));
  }

  private String name(int id) {
    return frame.market().stream()
        .filter(p -> p.id() == id)
        .map(Player::webName)
        .findFirst()
        .orElse("Player " + id);
  }

  private static String listed(Set<Integer> gameweeks) {
    return String.join(", ", gameweeks.stream().sorted().map(String::valueOf).toList());
  }

  private static <T> List<T> orNone(@Nullable List<T> given) {
    return Objects.requireNonNullElse(given, List.of());
  }
}
