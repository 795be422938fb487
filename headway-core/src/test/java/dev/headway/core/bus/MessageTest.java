package dev.headway.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.TopicName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  private static final TopicName JOB = new TopicName("job", "0192-a");
  private static final TopicName CHART = new TopicName("characteristic", "7");

  private static Message message(Ring... rings) {
    return new Message("node-1/x7", 3, false, List.of(rings));
  }

  @Test
  void texts_ofRings_areReadAsTheSame() {
    var message = message(Ring.of(JOB, 17, new byte[] {0, -1, 10}), Ring.of(CHART, 0, null));

    assertThat(message.texts(1_000))
        .containsExactly("headway1 node-1/x7 3 ring\njob:0192-a 17 AP8K\ncharacteristic:7 0");
    assertThat(Message.parse(message.texts(1_000).getFirst())).contains(message);
  }

  @Test
  void texts_ofNone_areAHeartbeat() {
    var reread = new Message("node-1/x7", 0, true, List.of());

    assertThat(reread.texts(100)).containsExactly("headway1 node-1/x7 0 reread");
    assertThat(Message.parse("headway1 node-1/x7 0 reread")).contains(reread);
  }

  @Test
  void texts_ofMoreThanOnePieceHolds_areSeveralWithinTheLimit() {
    var message = message(Ring.of(JOB, 1, null), Ring.of(CHART, 2, null), Ring.of(JOB, 3, null));

    var texts = message.texts(60);

    assertThat(texts).hasSize(2).allMatch(text -> text.length() <= 60);
    assertThat(texts.stream().map(Message::parse).flatMap(Optional::stream).map(Message::rings))
        .flatMap(rings -> rings)
        .containsExactlyElementsOf(message.rings());
  }

  @Test
  void texts_bodyLongerThanAPiece_isLeftOut() {
    var texts = message(Ring.of(JOB, 17, new byte[100])).texts(80);

    assertThat(texts).containsExactly("headway1 node-1/x7 3 ring\njob:0192-a 17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello", "headway2 n 0 ring", "headway1 n x ring", "headway1 n 0 sing"})
  void parse_anythingElse_isNoMessage(String text) {
    assertThat(Message.parse(text)).isEmpty();
  }

  @Test
  void parse_lineThatIsNoRing_isPassedOver() {
    assertThat(Message.parse("headway1 n 0 ring\njob 1\nJOB:1 2\njob:1 -3\njob:1 4").orElseThrow())
        .extracting(Message::rings)
        .isEqualTo(List.of(new Ring(new TopicName("job", "1"), 4, "")));
  }

  @Test
  void joined_ofTwoRings_saysAsMuchAsBoth() {
    var started = Ring.of(JOB, 2, null);
    var report = Ring.of(JOB, 2, new byte[] {50});
    var later = Ring.of(JOB, 2, new byte[] {60});
    var end = Ring.of(JOB, 3, null);

    assertThat(started.joined(report)).isEqualTo(report);
    assertThat(report.joined(later)).isEqualTo(later);
    assertThat(report.joined(started)).isEqualTo(report);
    assertThat(later.joined(end)).isEqualTo(end);
    assertThat(end.joined(report)).isEqualTo(end);
  }
}
