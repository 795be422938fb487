package dev.headway.server.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Frame;
import dev.headway.server.transport.socket.Heartbeat.Verdict;
import org.junit.jupiter.api.Test;

/** Due times of heartbeats, and of connections that are quiet. */
final class HeartbeatTest {
  private static final Heartbeat.Intervals INTERVALS = new Heartbeat.Intervals(100, 30, 500, 20);

  private final Heartbeat heartbeat = new Heartbeat(INTERVALS, 0, 100);

  private void add(long interval, boolean onlyWhenSilent) {
    heartbeat.add(new Heartbeat.Beat(interval, onlyWhenSilent, () -> Frame.text("beat"), 0));
  }

  @Test
  void quiet_beforeItWasEverLookedAfter_isFalse() {
    assertThat(heartbeat.quiet(0)).isFalse();
  }

  @Test
  void quiet_untilTheFirstPing_isTrue() {
    heartbeat.lookedAfter();

    assertThat(heartbeat.quiet(99)).isTrue();
    assertThat(heartbeat.quiet(100)).isFalse();
    assertThat(heartbeat.judge(100)).isEqualTo(Verdict.PING);
  }

  @Test
  void quiet_whileAnAnswerIsDue_lastsUntilThatIsLate() {
    heartbeat.pinged(100);
    heartbeat.lookedAfter();

    assertThat(heartbeat.quiet(129)).isTrue();
    assertThat(heartbeat.quiet(130)).isFalse();
    assertThat(heartbeat.judge(130)).isEqualTo(Verdict.DEAD);
  }

  @Test
  void quiet_withAnAnswerThatMayTakeLongerThanTheNextPing_lastsUntilThatPing() {
    var patient = new Heartbeat(new Heartbeat.Intervals(100, 400, 500, 20), 0, 100);
    patient.pinged(100);
    patient.lookedAfter();
    patient.heard(150);

    assertThat(patient.quiet(199)).isTrue();
    assertThat(patient.quiet(200)).isFalse();
    assertThat(patient.judge(200)).isEqualTo(Verdict.PING);
  }

  @Test
  void quiet_ofAPeerThatIsNeitherPingedNorExpectedToSpeak_isForever() {
    var listener =
        new Heartbeat(new Heartbeat.Intervals(0, 0, Heartbeat.Intervals.NEVER, 20), 1_000, 1_000);
    listener.lookedAfter();

    assertThat(listener.quiet(Long.MAX_VALUE / 8)).isTrue();
  }

  @Test
  void quiet_onceItCloses_isFalseUntilLookedAfterAgain() {
    heartbeat.lookedAfter();
    heartbeat.closing(10);
    assertThat(heartbeat.quiet(10)).isFalse();

    heartbeat.lookedAfter();
    assertThat(heartbeat.quiet(29)).isTrue();
    assertThat(heartbeat.judge(30)).isEqualTo(Verdict.DEAD);
  }

  @Test
  void quiet_withABeat_lastsUntilThatIsDue() {
    heartbeat.lookedAfter();
    add(40, false);
    assertThat(heartbeat.quiet(1)).isFalse();

    heartbeat.lookedAfter();
    assertThat(heartbeat.quiet(39)).isTrue();
    assertThat(heartbeat.quiet(40)).isFalse();
    assertThat(heartbeat.due(40, false)).hasSize(1);
  }

  @Test
  void quiet_withABeatForSilence_isPutOffByWhatIsSent() {
    add(40, true);
    heartbeat.sent(30);
    heartbeat.lookedAfter();

    assertThat(heartbeat.due(40, false)).isEmpty();
    assertThat(heartbeat.quiet(69)).isTrue();
    assertThat(heartbeat.quiet(70)).isFalse();
    assertThat(heartbeat.due(70, false)).hasSize(1);
  }

  @Test
  void sent_earlierThanSomethingElse_changesNothing() {
    add(40, true);
    heartbeat.sent(30);
    heartbeat.sent(10);

    assertThat(heartbeat.due(69, false)).isEmpty();
  }
}
