package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A characteristic as it is sent, not yet checked. What is missing takes its default: an empty
 * description, a subgroup of 1, the chart that is customary for the subgroup size, no
 * specification.
 *
 * @param name required
 * @param description what is measured, and where
 * @param chartType the name of a chart kind on the wire
 * @param subgroupSize measurements per sample
 * @param varyingSize whether smaller subgroups are accepted
 * @param targetValue the value aimed at
 * @param usl upper specification limit
 * @param lsl lower specification limit
 */
public record DefinitionDraft(
    @Nullable String name,
    @Nullable String description,
    @Nullable String chartType,
    @Nullable Integer subgroupSize,
    @Nullable Boolean varyingSize,
    @Nullable Double targetValue,
    @Nullable Double usl,
    @Nullable Double lsl) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 2_000;

  /** A draft of a new characteristic, of which nothing is known. */
  public static final DefinitionDraft EMPTY =
      new DefinitionDraft(null, null, null, null, null, null, null, null);

  /** The draft that would define the same characteristic again. */
  public static DefinitionDraft of(Definition definition) {
    var specification = definition.specification();
    return new DefinitionDraft(
        definition.name(),
        definition.description(),
        definition.kind().wireName(),
        definition.subgroupSize(),
        definition.varyingSize(),
        specification.target(),
        specification.usl(),
        specification.lsl());
  }

  /**
   * A draft changed by what is sent: a key that is missing stays, one that is null is cleared. A
   * new subgroup size alone asks for the chart that is customary for it.
   */
  public DefinitionDraft changedBy(JsonNode sent) {
    var merged = (ObjectNode) JsonCodec.mapper().valueToTree(this);
    if (sent.has("subgroup_size")) {
      merged.remove("chart_type");
    }
    sent.forEachEntry(merged::set);
    return JsonCodec.mapper().treeToValue(merged, DefinitionDraft.class);
  }

  /**
   * The definition.
   *
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with the draft
   */
  public Definition definition() {
    var defects = new ArrayList<Defect>();
    checkTexts(defects);
    checkSpecification(defects);
    var size = subgroupSize == null ? 1 : subgroupSize;
    var kind = kind(size, defects);
    if (kind != null && !Definition.sizeFits(kind, size)) {
      defects.add(sizeDefect(kind, size));
    }
    if (kind == null || name == null || !defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    var specification = new Specification(targetValue, usl, lsl);
    return new Definition(
        name.strip(),
        description == null ? "" : description,
        kind,
        size,
        varyingSize != null && varyingSize,
        specification);
  }

  private void checkTexts(List<Defect> defects) {
    if (name == null || name.isBlank()) {
      defects.add(Defect.ofField("name", "a name is required"));
    } else if (name.length() > LONGEST_NAME) {
      defects.add(Defect.ofField("name", "longer than " + LONGEST_NAME + " characters"));
    }
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      defects.add(
          Defect.ofField("description", "longer than " + LONGEST_DESCRIPTION + " characters"));
    }
  }

  private void checkSpecification(List<Defect> defects) {
    checkFinite("target_value", targetValue, defects);
    checkFinite("usl", usl, defects);
    checkFinite("lsl", lsl, defects);
    if (usl != null && lsl != null && !(lsl < usl)) {
      defects.add(Defect.ofField("lsl", "the LSL %s must be below the USL %s".formatted(lsl, usl)));
    }
  }

  private static void checkFinite(String field, @Nullable Double value, List<Defect> defects) {
    if (value != null && !Subgroup.measurable(value)) {
      defects.add(Defect.ofField(field, value + " must be a finite number"));
    }
  }

  private @Nullable ChartKind kind(int size, List<Defect> defects) {
    if (chartType == null) {
      if (size >= 1) {
        return ChartKind.forSubgroupSize(size);
      }
      defects.add(sizeDefect(ChartKind.XBAR_R, size));
      return null;
    }
    var kind = ChartKind.ofWireName(chartType);
    if (kind == null) {
      var known =
          String.join(", ", Stream.of(ChartKind.values()).map(ChartKind::wireName).toList());
      defects.add(Defect.ofField("chart_type", "'" + chartType + "' is none of " + known));
    }
    return kind;
  }

  private static Defect sizeDefect(ChartKind kind, int size) {
    var allowed =
        size > Subgroup.MAX_SIZE || size < 1
            ? "must be 1 to " + Subgroup.MAX_SIZE
            : kind.plotsMeans()
                ? "must be 2 to 25 for a chart of means"
                : "must be 1 for a chart of kind " + kind.wireName();
    return Defect.ofField("subgroup_size", size + " " + allowed);
  }
}
