package dev.headway.spc.live;

import dev.headway.spc.capability.Capability;
import dev.headway.spc.capability.CapabilityStudy;
import dev.headway.spc.capability.Distribution;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.SeriesOutline;
import dev.headway.spc.chart.SeriesOutline.Column;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The capability of characteristics and the outlines of their series, from all their samples. A
 * study is kept and goes on with the samples that came since it was last asked for; it begins anew
 * when earlier ones were changed, and after an hour, since samples that are older than {@code
 * spc.keep-days} leave it. The studies of the 100 characteristics that were asked for last are
 * kept. Safe for use by any thread; blocks on the store.
 */
public final class SeriesStudies {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST = 100;
  private static final int BLOCK = 64;

  private final SampleStore samples;
  private final InstantSource clock;
  private final Map<Long, Study> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param samples what was measured
   * @param clock says when a study begins anew
   */
  public SeriesStudies(SampleStore samples, InstantSource clock) {
    this.samples = samples;
    this.clock = clock;
  }

  /**
   * The capability of a process with the distribution that it rests on.
   *
   * @param capability the indices
   * @param distribution of all measurements
   */
  public record ProcessCapability(Capability capability, Distribution distribution) {
    private static ProcessCapability of(CapabilityStudy study, ChartSetup setup) {
      var specification = setup.definition().specification();
      return new ProcessCapability(study.against(specification), study.distribution(specification));
    }
  }

  /**
   * A part of a series, drawn in columns.
   *
   * @param series the whole series as one column; null while there is no sample
   * @param columns of the part, in the order of time
   */
  public record History(@Nullable Column series, List<Column> columns) {}

  /* The study of one characteristic; one caller at a time. */
  private static final class Study {
    private final ChartSetup setup;
    private final Instant begun;
    private final long change;
    private final @Nullable CapabilityStudy capability;
    private final SeriesOutline outline = new SeriesOutline(BLOCK);
    private volatile long newest;
    private Position next = Position.before(Stage.BEGINNING);

    Study(CharacteristicState state, Instant begun) {
      this.setup = state.setup();
      this.begun = begun;
      this.change = state.seen().change();
      this.capability = setup.kind().countsAttributes() ? null : new CapabilityStudy(setup.kind());
    }

    void add(Sample sample) {
      outline.add(sample.timestamp(), plotted(setup, sample));
      if (capability != null
          && !sample.excluded()
          && sample.observation() instanceof Subgroup subgroup) {
        capability.add(subgroup);
      }
      newest = Math.max(newest, sample.id());
      next = new Position(sample.timestamp(), sample.id() + 1);
    }
  }

  private static @Nullable Double plotted(ChartSetup setup, Sample sample) {
    return sample.excluded() ? null : (Double) sample.observation().plotted(setup.kind());
  }

  /**
   * The capability of a characteristic of measurements, from all its samples or a part of them.
   *
   * @throws IllegalArgumentException for counts
   */
  public ProcessCapability capability(CharacteristicState state, Range range) {
    var setup = state.setup();
    if (range.from() == null && range.to() == null) {
      return read(
          state,
          study -> {
            if (study.capability == null) {
              throw new IllegalArgumentException("Counts have no capability indices");
            }
            return ProcessCapability.of(study.capability, setup);
          });
    }
    var part = new CapabilityStudy(setup.kind());
    samples.scan(
        range,
        Position.before(Stage.BEGINNING),
        sample -> {
          if (!sample.excluded() && sample.observation() instanceof Subgroup subgroup) {
            part.add(subgroup);
          }
          return true;
        });
    return ProcessCapability.of(part, setup);
  }

  /**
   * A part of a characteristic's series in at most so many columns. Where the outline is too coarse
   * for that, the samples of the part are read.
   */
  public History history(CharacteristicState state, Range range, int most) {
    var found =
        read(
            state,
            study ->
                new History(
                    study.outline.whole(), study.outline.columns(range.from(), range.to(), most)));
    var count = found.columns().stream().mapToInt(Column::samples).sum();
    return count > most * BLOCK
        ? found
        : new History(found.series(), fine(state.setup(), range, count, most));
  }

  private List<Column> fine(ChartSetup setup, Range range, int count, int most) {
    var outline = new SeriesOutline(Math.max(1, Math.ceilDiv(count, most)));
    samples.scan(
        range,
        Position.before(Stage.BEGINNING),
        sample -> {
          outline.add(sample.timestamp(), plotted(setup, sample));
          return true;
        });
    return outline.columns(null, null, most);
  }

  private <T> T read(CharacteristicState state, Function<Study, T> reader) {
    var study = study(state);
    synchronized (study) {
      samples.scan(
          Range.all(state.setup().id()),
          study.next,
          sample -> {
            study.add(sample);
            return true;
          });
      return reader.apply(study);
    }
  }

  private Study study(CharacteristicState state) {
    var own = kept(state.setup().id());
    return own != null && !isStale(own, state) ? own : begun(state);
  }

  private synchronized @Nullable Study kept(long id) {
    return kept.get(id);
  }

  private synchronized Study begun(CharacteristicState state) {
    var study = new Study(state, clock.instant());
    kept.put(state.setup().id(), study);
    if (kept.size() > MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
    return study;
  }

  private boolean isStale(Study own, CharacteristicState state) {
    return own.change != state.seen().change()
        || clock.instant().isAfter(own.begun.plus(KEPT))
        || !samples.lateAfter(state.setup().id(), own.newest, 1).isEmpty();
  }
}
