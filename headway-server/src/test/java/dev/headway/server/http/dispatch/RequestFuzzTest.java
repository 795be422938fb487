package dev.headway.server.http.dispatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.contract.Operation;
import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.fuzz.Fuzzing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of JSON bodies on every operation that takes one, and of request targets: a body reaches
 * its handler or is refused with an error of the client's, and can be written again as it was read.
 */
public final class RequestFuzzTest {
  private static final String ID = "01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e";
  private static final Served SERVED = Served.onLoopback();
  private static final List<Operation> OPERATIONS =
      SERVED.document.operations().values().stream()
          .filter(operation -> operation.mediaTypes().contains(BodyReader.JSON))
          .sorted(Comparator.comparing(Operation::id))
          .toList();

  /** Takes one input; its first byte chooses the operation. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var operation = OPERATIONS.get((input[0] & 0xFF) % OPERATIONS.size());
    var rest = Arrays.copyOfRange(input, 1, input.length);
    tryTarget(new String(rest, ISO_8859_1));
    SERVED.reached.clear();
    var path = operation.template().replaceAll("\\{[a-z_]+}", ID);
    var answer =
        SERVED.call(operation.method(), path).token("admin").raw(BodyReader.JSON, rest).send();
    assertThat(answer.status()).as(operation.id()).isLessThan(500);
    SERVED.reached.forEach(request -> assertThat(JsonCodec.bytes(request.json())).isNotEmpty());
  }

  private static void tryTarget(String target) {
    try {
      assertThat(Target.parse(target).path()).startsWith("/");
    } catch (HeadwayException refused) {
      assertThat(refused.code().name()).isEqualTo("INVALID_INPUT");
    }
    assertThat(Target.loggable(target)).isNotNull();
  }

  @Test
  void body_ofAnyBytes_reachesItsHandlerOrIsRefused() {
    Fuzzing.run(RequestFuzzTest.class, RequestFuzzTest::fuzzerTestOneInput);
  }
}
