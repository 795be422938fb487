package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.json.ShortRunJson;
import dev.headway.spc.json.ShortRunJson.ShortRunPoint;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Sample;
import dev.headway.spc.shortrun.ShortRunChart;
import dev.headway.spc.shortrun.ShortRunChart.PartValue;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import java.util.ArrayList;

/** The Z and W chart of a characteristic whose samples are of parts in turn. */
final class ShortRunRoutes {
  private final LiveCharts charts;
  private final SampleStore samples;

  ShortRunRoutes(LiveCharts charts, SampleStore samples) {
    this.charts = charts;
    this.samples = samples;
  }

  Routes routes() {
    return new Routes().on("shortRunChart", this::shortRun);
  }

  private Response shortRun(Request request) {
    var id = request.pathLong("id");
    var setup = charts.state(id).orElseThrow(() -> LiveCharts.notFound(id)).setup();
    if (setup.kind() != ChartKind.INDIVIDUALS) {
      throw new HeadwayException(ErrorCode.CONFLICT, "A Z and W chart is one of individual values");
    }
    var range = new Range(id, setup.current().from(), null);
    var taken = samples.latestIncluded(range, request.queryInt("limit", 100));
    var byPart = request.query("by_part").map(Boolean::valueOf).orElse(false);
    var series = taken.stream().map(sample -> new PartValue(part(sample), value(sample))).toList();
    var standardized = new ShortRunChart(byPart).of(series);
    if (standardized.isEmpty()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "No sigma follows from the samples: each part needs two different values in a row");
    }
    var points = new ArrayList<ShortRunPoint>(taken.size());
    for (var at = 0; at < taken.size(); at++) {
      var sample = taken.get(at);
      var point = standardized.get(at);
      points.add(
          new ShortRunPoint(
              sample.id(),
              sample.timestamp(),
              point.part(),
              point.z(),
              point.w(),
              point.signals()));
    }
    return Response.ok(
        new ShortRunJson(
            id,
            byPart,
            ShortRunChart.Z_LIMIT,
            ShortRunChart.rangeLimit(),
            ShortRunChart.rangeCenter(),
            points));
  }

  /** The part that a sample is of: its batch number. */
  private static String part(Sample sample) {
    return sample.batchNumber() == null ? "" : sample.batchNumber();
  }

  private static double value(Sample sample) {
    return sample.observation().plotted(ChartKind.INDIVIDUALS);
  }
}
