package dev.headway.spc.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** Fuzzing of what machines publish by MQTT: each payload has measurements or is refused. */
public final class MachinePayloadFuzzTest {
  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      assertThat(MachinePayload.sample(input)).isNotNull();
    } catch (HeadwayException refused) {
      assertThat(refused.safeMessage()).isNotEmpty();
    }
  }

  @Test
  void payload_ofAnyBytes_isASampleOrRefused() {
    Fuzzing.run(MachinePayloadFuzzTest.class, MachinePayloadFuzzTest::fuzzerTestOneInput);
  }
}
