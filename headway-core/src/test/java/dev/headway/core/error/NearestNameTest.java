package dev.headway.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The name that was probably meant. */
final class NearestNameTest {
  private static final List<String> KNOWN = List.of("job_type", "payload", "priority", "queue");

  @Test
  void of_oneLetterMissing_isTheKnownName() {
    assertThat(NearestName.of("prority", KNOWN)).contains("priority");
    assertThat(NearestName.of("job_typ", KNOWN)).contains("job_type");
  }

  @Test
  void of_somethingElse_isNone() {
    assertThat(NearestName.of("colour", KNOWN)).isEmpty();
    assertThat(NearestName.of("queue", List.of())).isEmpty();
  }

  @Test
  void of_twoEquallyNear_isTheFirstInOrder() {
    assertThat(NearestName.of("cat", List.of("rat", "bat"))).contains("bat");
  }
}
