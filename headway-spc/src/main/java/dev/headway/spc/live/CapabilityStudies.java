package dev.headway.spc.live;

import dev.headway.spc.capability.Capability;
import dev.headway.spc.capability.CapabilityStudy;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The capability of characteristics from all their samples. A study is kept and goes on with the
 * samples that came since it was last asked for; it begins anew when earlier ones were changed, and
 * after an hour, since samples that are older than {@code spc.keep-days} leave it. Safe for use by
 * any thread; blocks on the store.
 */
public final class CapabilityStudies {
  private static final Duration KEPT = Duration.ofHours(1);

  private final SampleStore samples;
  private final InstantSource clock;
  private final ConcurrentHashMap<Long, KeptStudy> kept = new ConcurrentHashMap<>();

  /**
   * @param samples what was measured
   * @param clock says when a study begins anew
   */
  public CapabilityStudies(SampleStore samples, InstantSource clock) {
    this.samples = samples;
    this.clock = clock;
  }

  /* The study of one characteristic; one caller at a time. */
  private static final class KeptStudy {
    private CapabilityStudy study;
    private Instant begun;
    private long change;
    private long newest;
    private Position next = Position.before(Stage.BEGINNING);

    KeptStudy(CapabilityStudy study, Instant begun, long change) {
      this.study = study;
      this.begun = begun;
      this.change = change;
    }

    void add(Sample sample) {
      if (!sample.excluded() && sample.observation() instanceof Subgroup subgroup) {
        study.add(subgroup);
      }
      newest = Math.max(newest, sample.id());
      next = new Position(sample.timestamp(), sample.id() + 1);
    }
  }

  /** The capability of a characteristic of measurements, from all its samples. */
  public Capability of(CharacteristicState state) {
    var setup = state.setup();
    var own =
        kept.computeIfAbsent(
            setup.id(),
            _ ->
                new KeptStudy(
                    new CapabilityStudy(setup.kind()), clock.instant(), state.seen().change()));
    synchronized (own) {
      if (isStale(own, state)) {
        own.study = new CapabilityStudy(setup.kind());
        own.begun = clock.instant();
        own.change = state.seen().change();
        own.newest = 0;
        own.next = Position.before(Stage.BEGINNING);
      }
      samples.scan(
          Range.all(setup.id()),
          own.next,
          sample -> {
            own.add(sample);
            return true;
          });
      return own.study.against(setup.definition().specification());
    }
  }

  private boolean isStale(KeptStudy own, CharacteristicState state) {
    return own.change != state.seen().change()
        || clock.instant().isAfter(own.begun.plus(KEPT))
        || !samples.lateAfter(state.setup().id(), own.newest, 1).isEmpty();
  }
}
