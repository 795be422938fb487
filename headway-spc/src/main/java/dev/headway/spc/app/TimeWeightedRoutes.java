package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.json.TimeWeightedJson;
import dev.headway.spc.json.TimeWeightedJson.CusumPoint;
import dev.headway.spc.json.TimeWeightedJson.EwmaPoint;
import dev.headway.spc.json.TimeWeightedJson.RunLengths;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.model.Sample;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.weighted.CusumChart;
import dev.headway.spc.weighted.EwmaChart;
import dev.headway.spc.weighted.Reading;
import dev.headway.spc.weighted.RunLength;
import java.util.ArrayList;
import java.util.List;

/** The EWMA and CUSUM of a characteristic's last stage, from its limits. */
final class TimeWeightedRoutes {
  private final LiveCharts charts;
  private final SampleStore samples;

  TimeWeightedRoutes(LiveCharts charts, SampleStore samples) {
    this.charts = charts;
    this.samples = samples;
  }

  Routes routes() {
    return new Routes().on("ewmaChart", this::ewma).on("cusumChart", this::cusum);
  }

  /**
   * The samples of the last stage, as many as were asked for, and what they are judged by.
   *
   * @param setup the characteristic
   * @param limits the limits of the stage
   * @param samples those that are not excluded, the oldest first
   */
  private record Series(ChartSetup setup, ControlLimits limits, List<Sample> samples) {
    double center() {
      return limits.lines(setup.definition().subgroupSize()).center();
    }

    List<Reading> readings() {
      return samples.stream()
          .map(sample -> {
            Lines lines = limits.lines(sample.observation().size());
            var sigma = (lines.sigmaAbove() + lines.sigmaBelow()) / 2;
            return new Reading(sample.observation().plotted(setup.kind()), sigma);
          })
          .toList();
    }
  }

  private Series series(Request request) {
    var id = request.pathLong("id");
    var setup = charts.state(id).orElseThrow(() -> LiveCharts.notFound(id)).setup();
    var limits = setup.limits();
    if (setup.kind().countsAttributes()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "Counts have no time-weighted charts; they are for measurements");
    }
    if (limits == null || limits.lines(1).degenerate()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "There are no limits with a sigma above 0; set or estimate them first");
    }
    var range = new Range(id, setup.current().from(), null);
    return new Series(setup, limits, samples.latestIncluded(range, request.queryInt("limit", 100)));
  }

  private Response ewma(Request request) {
    var series = series(request);
    var chart =
        new EwmaChart(
            series.center(), number(request, "lambda", 0.2), number(request, "width", 2.962));
    var averages = chart.of(series.readings());
    var points = new ArrayList<EwmaPoint>(averages.size());
    for (var at = 0; at < averages.size(); at++) {
      var sample = series.samples().get(at);
      var average = averages.get(at);
      points.add(
          new EwmaPoint(
              sample.id(),
              sample.timestamp(),
              average.value(),
              average.ucl(),
              average.lcl(),
              average.signals()));
    }
    return Response.ok(
        new TimeWeightedJson.Ewma(
            series.setup().id(),
            chart.lambda(),
            chart.width(),
            chart.center(),
            new RunLengths(RunLength.of(chart, 0), RunLength.of(chart, 1)),
            points));
  }

  private Response cusum(Request request) {
    var series = series(request);
    var chart =
        new CusumChart(
            series.center(), number(request, "slack", 0.5), number(request, "decision", 5));
    var sums = chart.of(series.readings());
    var points = new ArrayList<CusumPoint>(sums.size());
    for (var at = 0; at < sums.size(); at++) {
      var sample = series.samples().get(at);
      var sum = sums.get(at);
      points.add(
          new CusumPoint(sample.id(), sample.timestamp(), sum.upper(), sum.lower(), sum.signals()));
    }
    return Response.ok(
        new TimeWeightedJson.Cusum(
            series.setup().id(),
            chart.slack(),
            chart.decision(),
            new RunLengths(RunLength.of(chart, 0), RunLength.of(chart, 1)),
            points));
  }

  private static double number(Request request, String name, double otherwise) {
    return request.query(name).map(Double::parseDouble).orElse(otherwise);
  }
}
