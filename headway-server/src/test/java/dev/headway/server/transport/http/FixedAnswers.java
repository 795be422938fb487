package dev.headway.server.transport.http;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.HttpService;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers that are always the same: to a refusal, the name of its code.
 *
 * @param maxBody the largest body of all operations
 */
record FixedAnswers(long maxBody) implements HttpService {
  @Override
  public void answer(RawRequest request, Consumer<Response> reply) {
    reply.accept(Response.noContent());
  }

  @Override
  public Response refuse(RawRequest request, HeadwayException refusal) {
    return Response.text(400, refusal.code().name());
  }

  @Override
  public Response fault(RawRequest request, Throwable failure) {
    return Response.text(500, "");
  }

  @Override
  public long maxBody(String method, String target) {
    return maxBody;
  }

  @Override
  public Optional<Response> refusal(RawRequest head, long length) {
    return Optional.empty();
  }
}
