package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.filling.input.FilePreview;
import dev.headway.filling.input.FileText;
import dev.headway.filling.model.Settings;
import dev.headway.filling.store.LotsText;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.filling.work.InputCheck;
import dev.headway.filling.work.LotsInput;
import dev.headway.server.http.Request;
import dev.headway.server.json.JsonCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests for schedules and comparisons.
 *
 * @param check finds what is wrong with what they ask for
 * @param clock says when they ask
 */
record TaskRequestReader(InputCheck check, InstantSource clock) {
  private static final int MAX_NAME = 200;
  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");
  private static final String START = "start_time";

  /**
   * A request as it was read.
   *
   * @param input what it asks for
   * @param deferred whether its validation is left to its job
   * @param lots how many sound lots there are
   * @param errors everything that is wrong
   * @param warnings what may not be meant
   * @param preview the file as it was read; null without one
   */
  record ReadRequest(
      TaskInput input,
      boolean deferred,
      int lots,
      List<Defect> errors,
      List<Defect> warnings,
      @Nullable FilePreview preview) {
    ReadRequest {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }

    /**
     * The input, if it may be kept.
     *
     * @throws HeadwayException INVALID_INPUT with every defect
     */
    TaskInput accepted() {
      if (!errors.isEmpty() && !deferred) {
        throw HeadwayException.badInput(errors);
      }
      return input;
    }
  }

  /**
   * Reads a request.
   *
   * @throws HeadwayException INVALID_INPUT with every defect when it cannot even be kept
   */
  ReadRequest read(TaskKind kind, Request request) {
    var body = request.json(TaskBody.class);
    var file = request.part("csv_file").orElse(null);
    var refused = new ArrayList<>(request.defects());
    requireOneStart(body, refused);
    var warnings = new ArrayList<Defect>();
    var lots = lots(body, file, warnings);
    var name = name(body, file, kind, refused);
    var input = new TaskInput(name, strategies(kind, body), config(body), lots);
    var checked = check.check(kind, input, clock.instant());
    var found = checked.errors().stream().map(defect -> atStart(body, defect)).toList();
    if (!refused.isEmpty()) {
      // Without lots, the check of the lots would only repeat that there are none.
      refused.addAll(lots.text().equals("[]") ? List.of() : found);
      throw HeadwayException.badInput(refused);
    }
    warnings.addAll(checked.warnings());
    var count = LotsInput.read(lots, Settings.UTC).lots().size();
    return new ReadRequest(input, body.deferred(), count, found, warnings, preview(lots, found));
  }

  private static void requireOneStart(TaskBody body, List<Defect> defects) {
    var other =
        body.config() == null ? "" : JsonCodec.tree(body.config()).path(START).asString("").strip();
    if (!body.start().isEmpty() && !other.isEmpty() && !other.equals(body.start())) {
      defects.add(
          Defect.ofField(
              START,
              "start_time and config.start_time are two moments ('%s' and '%s'); give one."
                  .formatted(body.start(), other)));
    }
  }

  private static @Nullable FilePreview preview(LotsText lots, List<Defect> errors) {
    return switch (lots.format()) {
      case CSV -> FilePreview.of(lots.text(), errors);
      case JSON -> null;
    };
  }

  /** A start time that came beside the settings is named as it came. */
  private static Defect atStart(TaskBody body, Defect defect) {
    return ("config." + START).equals(defect.field()) && !body.start().isEmpty()
        ? Defect.ofField(START, defect.message())
        : defect;
  }

  private static LotsText lots(TaskBody body, Request.@Nullable Part file, List<Defect> warnings) {
    if (file == null) {
      var list = body.lotsData();
      return new LotsText(LotsText.Format.JSON, list == null ? "[]" : list.text());
    }
    var text = FileText.decode(file.bytes());
    warnings.addAll(text.warnings());
    return new LotsText(LotsText.Format.CSV, text.content());
  }

  private static Json config(TaskBody body) {
    var config = JsonNodeFactory.instance.objectNode();
    if (body.config() != null && JsonCodec.tree(body.config()) instanceof ObjectNode given) {
      config.setAll(given);
    }
    if (!body.start().isEmpty()) {
      config.put(START, body.start());
    }
    return JsonCodec.json(config);
  }

  private static String name(
      TaskBody body, Request.@Nullable Part file, TaskKind kind, List<Defect> defects) {
    var name = body.name() == null ? "" : body.name().strip();
    if (name.chars().anyMatch(Character::isISOControl)) {
      defects.add(Defect.ofField("name", "name contains a control character; remove it."));
    }
    return name.isEmpty() ? unnamed(file, kind) : name;
  }

  private static String unnamed(Request.@Nullable Part file, TaskKind kind) {
    var fileName = file == null || file.fileName() == null ? "" : file.fileName();
    var stem = EXTENSION.matcher(fileName).replaceFirst("").replaceAll("\\p{Cntrl}", "").strip();
    if (stem.isEmpty()) {
      return "Unnamed " + kind.label();
    }
    return stem.length() > MAX_NAME ? stem.substring(0, MAX_NAME) : stem;
  }

  private static List<String> strategies(TaskKind kind, TaskBody body) {
    var names =
        switch (kind) {
          case SCHEDULE -> List.of(body.strategyName());
          case COMPARISON -> body.strategyNames();
        };
    return names.stream().map(TaskRequestReader::spelled).toList();
  }

  /** A known name as it is listed; an unknown one so that a list of names can hold it. */
  private static String spelled(String name) {
    return Strategy.named(name).map(Strategy::label).orElseGet(() -> name.replace(',', ';'));
  }
}
