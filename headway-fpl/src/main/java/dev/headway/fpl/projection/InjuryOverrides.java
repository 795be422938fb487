package dev.headway.fpl.projection;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Club;
import dev.headway.fpl.data.Player;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the players whom overrides name. */
final class InjuryOverrides {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0]+");

  private final Bootstrap bootstrap;
  private final List<Defect> defects = new ArrayList<>();

  private InjuryOverrides(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /**
   * The availability that overrides give, by player id.
   *
   * @throws HeadwayException naming every name that nobody or several players have, and every
   *     unknown status
   */
  static Map<Integer, Availability> resolve(Bootstrap bootstrap, List<InjuryOverride> overrides) {
    var search = new InjuryOverrides(bootstrap);
    var found = new HashMap<Integer, Availability>();
    for (int i = 0; i < overrides.size(); i++) {
      search.resolve(overrides.get(i), "injury_overrides[" + i + "]", found);
    }
    if (!search.defects.isEmpty()) {
      throw HeadwayException.invalid(search.defects);
    }
    return found;
  }

  private void resolve(InjuryOverride override, String field, Map<Integer, Availability> found) {
    var availability = availability(override, field);
    var player = player(override.playerName(), field);
    if (player.isPresent() && availability.isPresent()) {
      if (found.put(player.get().id(), availability.get()) != null) {
        defects.add(
            Defect.ofField(
                field + ".player_name",
                "'%s' is corrected twice. Take one of them back".formatted(override.playerName())));
      }
    }
  }

  private Optional<Availability> availability(InjuryOverride override, String field) {
    var letter = override.letter();
    if (letter.isEmpty()) {
      defects.add(Defect.ofField(field + ".status", override.unknownStatus()));
    }
    return letter.map(status -> availability(status, override.chance()));
  }

  private static Availability availability(String status, @Nullable Integer percent) {
    double chance =
        switch (status) {
          case "a" -> 1;
          case "d" -> 0.5;
          default -> 0;
        };
    return new Availability(status, percent == null ? chance : percent / 100.0, Optional.empty());
  }

  private Optional<Player> player(String name, String field) {
    var matches = List.<Player>of();
    for (Function<Player, String> part :
        List.<Function<Player, String>>of(Player::webName, Player::fullName, Player::secondName)) {
      if (matches.isEmpty()) {
        matches = named(name, part);
      }
    }
    if (matches.size() == 1) {
      return Optional.of(matches.getFirst());
    }
    var message =
        matches.isEmpty()
            ? "No player is called '%s'".formatted(name)
            : "'%s' may be %s. Give the full name"
                .formatted(
                    name,
                    matches.stream().map(this::described).collect(Collectors.joining(" or ")));
    defects.add(Defect.ofField(field + ".player_name", message));
    return Optional.empty();
  }

  private List<Player> named(String name, Function<Player, String> part) {
    var plain = plain(name);
    return bootstrap.elements().stream().filter(p -> plain(part.apply(p)).equals(plain)).toList();
  }

  private String described(Player player) {
    return "%s (%s)"
        .formatted(
            player.fullName(), bootstrap.club(player.team()).map(Club::name).orElse("no club"));
  }

  private static String plain(String name) {
    var decomposed = Normalizer.normalize(name.strip(), Normalizer.Form.NFD);
    var unmarked = MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    return SPACES.matcher(unmarked).replaceAll(" ");
  }
}
