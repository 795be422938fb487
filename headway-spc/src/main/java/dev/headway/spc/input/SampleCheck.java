package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns measurements as they are sent into an observation.
 *
 * <p>For variables they are the subgroup's measurements. For attributes they are the count found
 * and, for p, np and u, how much was inspected.
 */
public final class SampleCheck {
  private static final String FIELD = "measurements";

  private SampleCheck() {}

  /**
   * The observation that measurements are for a characteristic.
   *
   * @param found gets everything that is wrong with them
   * @return the observation, or null when something is
   */
  public static @Nullable Observation observation(
      Definition definition, List<Double> measurements, List<Defect> found) {
    var defects = new ArrayList<Defect>();
    if (definition.kind().countsAttributes()) {
      checkCount(definition.kind(), measurements, defects);
    } else {
      checkSubgroup(definition, measurements, defects);
    }
    found.addAll(defects);
    return defects.isEmpty() ? observe(definition.kind(), measurements) : null;
  }

  private static Observation observe(ChartKind kind, List<Double> measurements) {
    if (kind.countsAttributes()) {
      var size = kind == ChartKind.C ? 1 : measurements.get(1);
      return new AttributeCount(measurements.getFirst(), size);
    }
    return Subgroup.of(measurements.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void checkSubgroup(
      Definition definition, List<Double> measurements, List<Defect> defects) {
    var size = definition.subgroupSize();
    var given = measurements.size();
    var fits = definition.varyingSize() ? given >= 1 && given <= size : given == size;
    if (!fits) {
      var allowed = definition.varyingSize() ? "1 to " + size : String.valueOf(size);
      var message =
          "%d measurement%s, but the subgroup size is %s"
              .formatted(given, given == 1 ? "" : "s", allowed);
      defects.add(Defect.ofField(FIELD, message));
    }
    checkMeasurable(measurements, defects);
  }

  private static void checkMeasurable(List<Double> measurements, List<Defect> defects) {
    for (var index = 0; index < measurements.size(); index++) {
      var value = measurements.get(index);
      if (!Subgroup.measurable(value)) {
        defects.add(at(index, value + " is no measurement; send a finite number"));
      }
    }
  }

  private static void checkCount(ChartKind kind, List<Double> measurements, List<Defect> defects) {
    var wanted = kind == ChartKind.C ? 1 : 2;
    if (measurements.size() != wanted) {
      var what = kind == ChartKind.C ? "the count" : "the count and the size inspected";
      defects.add(
          Defect.ofField(
              FIELD,
              "%d numbers, but a %s chart takes %d: %s"
                  .formatted(measurements.size(), kind.wireName(), wanted, what)));
    }
    checkMeasurable(measurements, defects);
    if (defects.isEmpty()) {
      checkCounted(kind, measurements, defects);
    }
  }

  private static void checkCounted(
      ChartKind kind, List<Double> measurements, List<Defect> defects) {
    double count = measurements.getFirst();
    double size = kind == ChartKind.C ? 1 : measurements.get(1);
    if (!(count >= 0) || count != Math.rint(count)) {
      defects.add(at(0, "the count " + count + " must be a whole number from 0"));
    }
    if (!(size > 0)) {
      defects.add(at(1, "the size inspected " + size + " must be above 0"));
    } else if (countsItems(kind) && size != Math.rint(size)) {
      defects.add(at(1, "the number of items " + size + " must be whole"));
    } else if (countsItems(kind) && count > size) {
      defects.add(at(0, count + " nonconforming items are more than the " + size + " inspected"));
    }
  }

  private static boolean countsItems(ChartKind kind) {
    return kind.countsItems();
  }

  private static Defect at(int index, String message) {
    return Defect.ofField(FIELD + "[" + index + "]", message);
  }
}
