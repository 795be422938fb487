package dev.headway.spc.export;

import dev.headway.core.job.Json;
import dev.headway.server.file.SpreadsheetText;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.json.AuditEntryJson;
import dev.headway.spc.json.SampleJson;
import dev.headway.spc.model.Annotation;
import dev.headway.spc.store.AuditEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file of samples: texts, numbers, booleans and times; null for an empty cell. Not
 * thread-safe.
 */
public final class SampleTable {
  private static final List<String> COLUMNS =
      List.of(
          "sample_id",
          "timestamp",
          "stage",
          "value",
          "spread",
          "zone",
          "in_control",
          "excluded",
          "lcl",
          "center_line",
          "ucl",
          "batch_number",
          "operator_id",
          "violations",
          "annotations");

  /** The header of the changes. */
  static final List<String> CHANGE_COLUMNS =
      List.of(
          "id",
          "at",
          "actor",
          "action",
          "characteristic_id",
          "subject_id",
          "before",
          "after",
          "signature_meaning",
          "signature_proof");

  private final ChartSetup setup;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private final Map<Long, String> remarks;
  private final List<AuditEntry> changes;

  /**
   * A table without rows.
   *
   * @param annotations of the samples that are to come
   * @param changes entries of the audit trail
   */
  public SampleTable(ChartSetup setup, List<Annotation> annotations, List<AuditEntry> changes) {
    this.setup = setup;
    this.changes = List.copyOf(changes);
    this.remarks =
        annotations.stream()
            .collect(
                Collectors.toMap(
                    Annotation::sampleId, SampleTable::remark, (one, other) -> one + "; " + other));
  }

  private static String remark(Annotation annotation) {
    return "%s (%s)".formatted(annotation.text(), annotation.author());
  }

  /** Adds the row of a sample. */
  public void add(JudgedSample judged) {
    var point = SampleJson.point(judged);
    var stage = setup.stage(judged.stageId()).map(Stage::name).orElse("");
    List<@Nullable Object> row =
        new ArrayList<>(
            Arrays.<@Nullable Object>asList(
                point.sampleId(),
                point.timestamp(),
                SpreadsheetText.neutral(stage),
                point.value(),
                point.spread(),
                point.zone(),
                point.inControl(),
                point.excluded(),
                point.lcl(),
                point.centerLine(),
                point.ucl(),
                neutral(point.batchNumber()),
                neutral(point.operatorId()),
                point.violationIds().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                neutral(remarks.get(point.sampleId()))));
    row.addAll(point.measurements());
    rows.add(row);
  }

  /** The rows of the changes. */
  List<List<@Nullable Object>> changes() {
    return changes.stream().map(AuditEntryJson::of).map(SampleTable::change).toList();
  }

  private static List<@Nullable Object> change(AuditEntryJson entry) {
    var signature = entry.signature();
    return Arrays.<@Nullable Object>asList(
        entry.id(),
        entry.at(),
        SpreadsheetText.neutral(entry.actor()),
        entry.action(),
        entry.characteristicId(),
        entry.subjectId(),
        text(entry.before()),
        text(entry.after()),
        signature == null ? null : SpreadsheetText.neutral(signature.meaning()),
        signature == null ? null : signature.proof());
  }

  /* A cell of a workbook holds 32,767 characters. */
  private static @Nullable String text(@Nullable Json json) {
    return json == null ? null : json.text().substring(0, Math.min(json.text().length(), 32_767));
  }

  private static @Nullable String neutral(@Nullable String text) {
    return text == null ? null : SpreadsheetText.neutral(text);
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  List<List<@Nullable Object>> rows() {
    return rows;
  }

  /** The names of the columns: those of measurements last, as many as the longest row has. */
  List<String> header() {
    var header = new ArrayList<>(COLUMNS);
    if (setup.kind().countsAttributes()) {
      header.addAll(List.of("count", "size"));
      return header;
    }
    var measurements =
        rows.stream()
            .mapToInt(row -> row.size() - COLUMNS.size())
            .max()
            .orElse(setup.definition().subgroupSize());
    for (var number = 1; number <= measurements; number++) {
      header.add("measurement_" + number);
    }
    return header;
  }

  List<Stage> stages() {
    return setup.stages();
  }
}
