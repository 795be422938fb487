package dev.headway.fpl.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.fpl.data.StoredSource;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the season that analyses are made of.
 *
 * @param seasons has it
 */
record SeasonRoutes(Seasons seasons) {
  /** A season as answers show it: only its source where there is none in hand. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SeasonView(
      String source,
      @Nullable Instant capturedAt,
      @Nullable String checksum,
      @Nullable List<Integer> teams) {}

  Routes routes() {
    return new Routes().on("getSeason", _ -> show()).on("putSeason", this::upload);
  }

  private Response show() {
    return Response.ok(view(seasons.stored().orElse(null)));
  }

  private Response upload(Request request) {
    var uploaded = seasons.upload(JsonCodec.bytes(request.json()));
    return Response.ok(view(uploaded));
  }

  private SeasonView view(@Nullable StoredSource season) {
    return season == null
        ? new SeasonView(seasons.kind().key(), null, null, null)
        : new SeasonView(
            seasons.kind().key(), season.capturedAt(), season.checksum(), season.teams());
  }
}
