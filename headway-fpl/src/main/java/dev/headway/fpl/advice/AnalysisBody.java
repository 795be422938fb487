package dev.headway.fpl.advice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.constraint.Constraints;
import dev.headway.fpl.projection.InjuryOverride;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for an analysis, whose shape and ranges the OpenAPI document has checked;
 * null for what was not given.
 *
 * @param bank in tenths of a million
 * @param purchasePrices what was paid for players of the squad, instead of what the documents say
 * @param projections a CSV that replaces the projections
 * @param constraints what the plan must obey
 * @param trials how often the advice is tested afterwards; null for not at all
 * @param name what its owner calls the analysis; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnalysisBody(
    @Nullable Integer teamId,
    @Nullable Integer gameweek,
    @Nullable Integer horizon,
    @Nullable Integer freeTransfers,
    @Nullable List<String> availableChips,
    @Nullable String riskPosture,
    @Nullable List<InjuryOverride> injuryOverrides,
    @Nullable List<Integer> squad,
    @Nullable Integer bank,
    @Nullable List<PaidPrice> purchasePrices,
    @Nullable String projections,
    @Nullable Constraints constraints,
    @Nullable Integer trials,
    @Nullable String name) {

  /** The same question with other constraints and another name, and no test of the advice. */
  public AnalysisBody replanned(@Nullable Constraints others, @Nullable String otherName) {
    return with(projections, others, null, otherName);
  }

  /** The same without its table of projections, which may be long, and its name. */
  public AnalysisBody withoutTable() {
    return with(null, constraints, trials, null);
  }

  private AnalysisBody with(
      @Nullable String table,
      @Nullable Constraints others,
      @Nullable Integer tests,
      @Nullable String otherName) {
    return new AnalysisBody(
        teamId,
        gameweek,
        horizon,
        freeTransfers,
        availableChips,
        riskPosture,
        injuryOverrides,
        squad,
        bank,
        purchasePrices,
        table,
        others,
        tests,
        otherName);
  }

  /**
   * The question that it asks.
   *
   * @param shape what the schema has against the body, whose members are missing here
   * @throws HeadwayException VALIDATION_ERROR with every wrong field
   */
  public AnalysisRequest request(List<Defect> shape) {
    var defects = new ArrayList<>(shape);
    var chips = chips(defects);
    var posture = posture(defects);
    var overrides = overrides(defects);
    if (bank != null && squad == null && shape.stream().noneMatch(AnalysisBody::isOfSquad)) {
      defects.add(Defect.ofField("bank", "bank is only meant together with squad"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return new AnalysisRequest(
        Objects.requireNonNull(teamId),
        gameweek,
        Objects.requireNonNullElse(horizon, AnalysisRequest.DEFAULT_HORIZON),
        freeTransfers,
        chips,
        posture,
        overrides,
        squad,
        bank,
        Objects.requireNonNullElse(purchasePrices, List.of()),
        projections,
        constraints);
  }

  private static boolean isOfSquad(Defect defect) {
    return defect.field() != null && defect.field().startsWith("squad");
  }

  private @Nullable Set<Chip> chips(List<Defect> defects) {
    if (availableChips == null) {
      return null;
    }
    var chips = EnumSet.noneOf(Chip.class);
    for (int i = 0; i < availableChips.size(); i++) {
      var name = availableChips.get(i);
      var chip = Chip.named(name);
      chip.ifPresent(chips::add);
      if (chip.isEmpty()) {
        defects.add(
            Defect.ofField(
                "available_chips[" + i + "]",
                "Chip '%s' is not known. Use wildcard, free_hit, bench_boost or triple_captain"
                    .formatted(name)));
      }
    }
    return chips;
  }

  private RiskPosture posture(List<Defect> defects) {
    if (riskPosture == null) {
      return RiskPosture.BALANCED;
    }
    var posture = RiskPosture.named(riskPosture);
    if (posture.isEmpty()) {
      defects.add(
          Defect.ofField(
              "risk_posture",
              "risk_posture (%s) must be conservative, balanced or aggressive"
                  .formatted(riskPosture)));
    }
    return posture.orElse(RiskPosture.BALANCED);
  }

  private List<InjuryOverride> overrides(List<Defect> defects) {
    if (injuryOverrides == null) {
      return List.of();
    }
    var overrides = new ArrayList<InjuryOverride>();
    for (int i = 0; i < injuryOverrides.size(); i++) {
      var override = injuryOverrides.get(i).stripped();
      var field = "injury_overrides[" + i + "]";
      if (override.playerName().isEmpty()) {
        defects.add(Defect.ofField(field + ".player_name", "player_name must not be blank"));
      }
      if (override.letter().isEmpty()) {
        defects.add(Defect.ofField(field + ".status", override.unknownStatus()));
      }
      overrides.add(override);
    }
    return overrides;
  }
}
