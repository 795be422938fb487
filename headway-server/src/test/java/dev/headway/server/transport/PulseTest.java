package dev.headway.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Frame;
import dev.headway.server.transport.Pulse.Verdict;
import org.junit.jupiter.api.Test;

/** What is due when, and that nobody is called quiet for whom something is. */
final class PulseTest {
  private static final Pulse.Intervals INTERVALS = new Pulse.Intervals(100, 30, 500, 20);

  private final Pulse pulse = new Pulse(INTERVALS, 0, 100);

  private void add(long interval, boolean onlyWhenSilent) {
    pulse.add(new Pulse.Beat(interval, onlyWhenSilent, () -> Frame.text("beat"), 0));
  }

  @Test
  void quiet_beforeItWasEverLookedAfter_isFalse() {
    assertThat(pulse.quiet(0)).isFalse();
  }

  @Test
  void quiet_untilTheFirstPing_isTrue() {
    pulse.lookedAfter();

    assertThat(pulse.quiet(99)).isTrue();
    assertThat(pulse.quiet(100)).isFalse();
    assertThat(pulse.judge(100)).isEqualTo(Verdict.PING);
  }

  @Test
  void quiet_whileAnAnswerIsDue_lastsUntilThatIsLate() {
    pulse.pinged(100);
    pulse.lookedAfter();

    assertThat(pulse.quiet(129)).isTrue();
    assertThat(pulse.quiet(130)).isFalse();
    assertThat(pulse.judge(130)).isEqualTo(Verdict.DEAD);
  }

  @Test
  void quiet_withAnAnswerThatMayTakeLongerThanTheNextPing_lastsUntilThatPing() {
    var patient = new Pulse(new Pulse.Intervals(100, 400, 500, 20), 0, 100);
    patient.pinged(100);
    patient.lookedAfter();
    patient.heard(150);

    assertThat(patient.quiet(199)).isTrue();
    assertThat(patient.quiet(200)).isFalse();
    assertThat(patient.judge(200)).isEqualTo(Verdict.PING);
  }

  @Test
  void quiet_ofAPeerThatIsNeitherPingedNorExpectedToSpeak_isForever() {
    var listener = new Pulse(new Pulse.Intervals(0, 0, Pulse.Intervals.NEVER, 20), 1_000, 1_000);
    listener.lookedAfter();

    assertThat(listener.quiet(Long.MAX_VALUE / 8)).isTrue();
  }

  @Test
  void quiet_onceItCloses_isFalseUntilLookedAfterAgain() {
    pulse.lookedAfter();
    pulse.closing(10);
    assertThat(pulse.quiet(10)).isFalse();

    pulse.lookedAfter();
    assertThat(pulse.quiet(29)).isTrue();
    assertThat(pulse.judge(30)).isEqualTo(Verdict.DEAD);
  }

  @Test
  void quiet_withABeat_lastsUntilThatIsDue() {
    pulse.lookedAfter();
    add(40, false);
    assertThat(pulse.quiet(1)).isFalse();

    pulse.lookedAfter();
    assertThat(pulse.quiet(39)).isTrue();
    assertThat(pulse.quiet(40)).isFalse();
    assertThat(pulse.due(40, false)).hasSize(1);
  }

  @Test
  void quiet_withABeatForSilence_isPutOffByWhatIsSent() {
    add(40, true);
    pulse.sent(30);
    pulse.lookedAfter();

    assertThat(pulse.due(40, false)).isEmpty();
    assertThat(pulse.quiet(69)).isTrue();
    assertThat(pulse.quiet(70)).isFalse();
    assertThat(pulse.due(70, false)).hasSize(1);
  }

  @Test
  void sent_earlierThanSomethingElse_changesNothing() {
    add(40, true);
    pulse.sent(30);
    pulse.sent(10);

    assertThat(pulse.due(69, false)).isEmpty();
  }
}
