package dev.headway.filling.app;

import dev.headway.core.job.Job;
import dev.headway.filling.export.CalendarExport;
import dev.headway.filling.export.CsvExport;
import dev.headway.filling.export.PdfExport;
import dev.headway.filling.export.ScheduleReport;
import dev.headway.filling.export.SystemFonts;
import dev.headway.filling.export.XlsxExport;
import dev.headway.filling.store.Task;
import dev.headway.filling.work.PlannedSchedule;
import dev.headway.server.http.Response;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WorkState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;

/** Schedules as files. */
final class Exports {
  /** The formats of an export. */
  enum FileFormat {
    CSV("text/csv; charset=utf-8"),
    JSON("application/json"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PDF("application/pdf"),
    ICS("text/calendar; charset=utf-8");

    private final String mediaType;

    FileFormat(String mediaType) {
      this.mediaType = mediaType;
    }

    String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Exports() {}

  /** A schedule as a JSON file, to be saved. */
  static Response json(Task task, Object schedule) {
    return file(task, FileFormat.JSON, JsonCodec.bytes(schedule));
  }

  /** A schedule as a file of another format, to be saved. */
  static Response of(WorkState<Task> state, PlannedSchedule planned, FileFormat format)
      throws IOException {
    var task = state.item();
    var bytes =
        switch (format) {
          case CSV -> written(out -> CsvExport.write(report(task, planned), out));
          case XLSX -> written(out -> XlsxExport.write(report(task, planned), out));
          case PDF ->
              written(out -> PdfExport.write(report(task, planned), SystemFonts::files, out));
          case ICS ->
              written(out ->
                  CalendarExport.write(
                      report(task, planned), task.job().toString(), made(state.job()), out));
          case JSON -> throw new IllegalArgumentException("JSON is written from an answer");
        };
    return file(task, format, bytes);
  }

  private static Response file(Task task, FileFormat format, byte[] bytes) {
    var fileName = "schedule-%d.%s".formatted(task.id(), format.extension());
    return Response.bytes(200, format.mediaType, bytes)
        .with("Content-Disposition", "attachment; filename=\"%s\"".formatted(fileName));
  }

  private static Instant made(Job job) {
    var completed = job.times().completed();
    return completed == null ? job.times().created() : completed;
  }

  private static ScheduleReport report(Task task, PlannedSchedule planned) {
    return new ScheduleReport(
        task.name(),
        planned.stored().strategy(),
        planned.schedule(),
        planned.kpis(),
        planned.rules());
  }

  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) throws IOException {
    var out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toByteArray();
  }
}
