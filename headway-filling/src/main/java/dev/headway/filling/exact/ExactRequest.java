package dev.headway.filling.exact;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The problem that the solver process is given.
 *
 * @param lots in the order that plans number them in
 * @param settings the rules
 * @param incumbent the plan to be beaten
 * @param millis how long to try
 * @param boundOnly whether it is too large for the model, so that only its bound is raised
 */
record ExactRequest(
    List<Lot> lots, Settings settings, Plan incumbent, long millis, boolean boundOnly) {
  static final JsonMapper MAPPER =
      JsonMapper.builder().addMixIn(Changeovers.class, ChangeoversByName.class).build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Changeovers.ByKind.class, name = "by-kind"),
    @JsonSubTypes.Type(value = Changeovers.Matrix.class, name = "matrix")
  })
  private interface ChangeoversByName {}

  Problem problem() {
    return new Problem(lots, settings);
  }
}
