package dev.headway.spc.json;

import dev.headway.spc.live.SpcEvent;

/** The payload of an event of a characteristic, where it is no sample, violation or limits. */
public sealed interface EventJson {
  /**
   * A sample was deleted.
   *
   * @param characteristicId whose sample
   * @param sampleId the sample
   * @param deleted true
   */
  record Deleted(long characteristicId, long sampleId, boolean deleted) implements EventJson {}

  /**
   * History was judged anew: the zones and verdicts of earlier samples are to be read again.
   *
   * @param characteristicId whose history
   * @param judgedSamples how many samples were judged
   * @param newViolations how many violations were found
   * @param withdrawnViolations how many violations were withdrawn
   */
  record HistoryJudged(
      long characteristicId, int judgedSamples, int newViolations, int withdrawnViolations)
      implements EventJson {}

  /** The payload of an event. */
  static Object of(SpcEvent happened) {
    return switch (happened) {
      case SpcEvent.Sampled(var judged, _) -> SampleEventJson.of(judged);
      case SpcEvent.ViolationBegan(var violation, _) -> ViolationEventJson.of(violation);
      case SpcEvent.ViolationWithdrawn(var violation, _) -> ViolationEventJson.withdrawn(violation);
      case SpcEvent.Acknowledged(var violation, _) -> AcknowledgmentJson.of(violation);
      case SpcEvent.LimitsChanged(var setup, var size, _) ->
          LimitsJson.of(setup.id(), setup.limits(), size);
      case SpcEvent.RulesChanged(var setup, _) -> RulesJson.of(setup.id(), setup.rules());
      case SpcEvent.Redefined(var setup, _) -> CharacteristicJson.of(setup).shortened(1_000);
      case SpcEvent.ExclusionChanged(var judged, _) -> SampleJson.of(judged);
      case SpcEvent.SampleCorrected(var judged, _) -> SampleJson.of(judged);
      case SpcEvent.SampleDeleted(var id, var sampleId, _) -> new Deleted(id, sampleId, true);
      case SpcEvent.JudgedAnew(var id, var judged, var begun, var withdrawn, _) ->
          new HistoryJudged(id, judged, begun, withdrawn);
    };
  }
}
