package dev.headway.fpl.advice;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.projection.InjuryOverride;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a request and names everything that is wrong with it at once. */
public final class AnalysisRequestReader {
  private static final int SQUAD_SIZE = 15;
  private static final int MOST_OVERRIDES = 100;

  /* A thousand players in 38 gameweeks, generously. */
  private static final int MOST_PROJECTIONS = 2_000_000;

  private final JsonNode json;
  private final List<Defect> defects = new ArrayList<>();

  private AnalysisRequestReader(JsonNode json) {
    this.json = json;
  }

  /**
   * The request in a JSON object.
   *
   * @throws HeadwayException with every wrong field
   */
  public static AnalysisRequest read(JsonNode json) {
    if (!json.isObject()) {
      throw HeadwayException.badInput(List.of(Defect.of("The body must be a JSON object")));
    }
    var reader = new AnalysisRequestReader(json);
    var request = reader.read();
    if (!reader.defects.isEmpty()) {
      throw HeadwayException.invalid(reader.defects);
    }
    return request;
  }

  private AnalysisRequest read() {
    var teamId = whole("team_id", 1, 20_000_000);
    if (!json.hasNonNull("team_id")) {
      reject("team_id", "team_id is required");
    }
    var horizon = whole("horizon", 1, 8);
    var squad = squad();
    var bank = whole("bank", 0, 10_000);
    if (bank != null && squad == null && !json.hasNonNull("squad")) {
      reject("bank", "bank is only meant together with squad");
    }
    return new AnalysisRequest(
        teamId == null ? 0 : teamId,
        whole("gameweek", 1, 38),
        horizon == null ? AnalysisRequest.DEFAULT_HORIZON : horizon,
        whole("free_transfers", 0, 5),
        chips(),
        posture(),
        overrides(),
        squad,
        bank,
        projections());
  }

  private @Nullable String projections() {
    var value = json.path("projections");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.asString().length() > MOST_PROJECTIONS) {
      reject(
          "projections",
          "projections must be a CSV text of at most %d characters".formatted(MOST_PROJECTIONS));
      return null;
    }
    return value.asString();
  }

  private @Nullable Integer whole(String field, int low, int high) {
    var value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      reject(field, "%s must be a whole number from %d to %d".formatted(field, low, high));
      return null;
    }
    int number = value.intValue();
    if (number < low || number > high) {
      reject(field, "%s (%d) must be %d to %d".formatted(field, number, low, high));
      return null;
    }
    return number;
  }

  private RiskPosture posture() {
    var value = json.path("risk_posture");
    if (value.isMissingNode() || value.isNull()) {
      return RiskPosture.BALANCED;
    }
    var posture = RiskPosture.named(value.asString(""));
    if (posture.isEmpty()) {
      reject("risk_posture", "risk_posture must be conservative, balanced or aggressive");
    }
    return posture.orElse(RiskPosture.BALANCED);
  }

  private @Nullable Set<Chip> chips() {
    var list = list("available_chips");
    if (list == null) {
      return null;
    }
    var chips = EnumSet.noneOf(Chip.class);
    for (int i = 0; i < list.size(); i++) {
      var name = list.get(i).asString("");
      var chip = Chip.named(name);
      chip.ifPresent(chips::add);
      if (chip.isEmpty()) {
        reject(
            "available_chips[" + i + "]",
            "Chip '%s' is not known. Use wildcard, free_hit, bench_boost or triple_captain"
                .formatted(name));
      }
    }
    return chips;
  }

  private List<InjuryOverride> overrides() {
    var list = list("injury_overrides");
    var overrides = new ArrayList<InjuryOverride>();
    if (list == null) {
      return overrides;
    }
    if (list.size() > MOST_OVERRIDES) {
      reject("injury_overrides", "injury_overrides must have at most 100 items");
      return overrides;
    }
    for (int i = 0; i < list.size(); i++) {
      override(list.get(i), "injury_overrides[" + i + "]", overrides);
    }
    return overrides;
  }

  private void override(JsonNode item, String field, List<InjuryOverride> overrides) {
    var name = item.path("player_name").asString("").strip();
    if (name.isEmpty()) {
      reject(field + ".player_name", "player_name is required");
    }
    var status = item.path("status").asString("").strip();
    if (status.isEmpty()) {
      reject(field + ".status", "status is required");
    }
    var chance = item.path("chance");
    boolean given = !chance.isMissingNode() && !chance.isNull();
    if (given && (!chance.isIntegralNumber() || chance.asInt(-1) < 0 || chance.asInt(-1) > 100)) {
      reject(field + ".chance", "chance must be a whole number from 0 to 100");
      return;
    }
    var override = new InjuryOverride(name, status, given ? chance.intValue() : null);
    if (!status.isEmpty() && override.letter().isEmpty()) {
      reject(field + ".status", override.unknownStatus());
    }
    overrides.add(override);
  }

  private @Nullable List<Integer> squad() {
    var list = list("squad");
    if (list == null) {
      return null;
    }
    var ids = new ArrayList<Integer>();
    var seen = new HashSet<Integer>();
    for (int i = 0; i < list.size(); i++) {
      var item = list.get(i);
      if (!item.isIntegralNumber() || !item.canConvertToInt() || item.intValue() < 1) {
        reject("squad[" + i + "]", "squad holds the ids of players");
      } else if (!seen.add(item.intValue())) {
        reject("squad[" + i + "]", "Player %d is in the squad twice".formatted(item.intValue()));
      } else {
        ids.add(item.intValue());
      }
    }
    if (list.size() != SQUAD_SIZE) {
      reject("squad", "The squad has %d players; it must have 15".formatted(list.size()));
    }
    return ids;
  }

  private @Nullable List<JsonNode> list(String field) {
    var value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      reject(field, field + " must be a list");
      return null;
    }
    return value.valueStream().toList();
  }

  private void reject(String field, String message) {
    defects.add(Defect.ofField(field, message));
  }
}
