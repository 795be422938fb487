package dev.headway.fpl.app;

import dev.headway.fpl.data.StoredSource;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the season that analyses are made of.
 *
 * @param seasons has it
 */
record SeasonRoutes(Seasons seasons) {
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

  private LinkedHashMap<String, @Nullable Object> view(@Nullable StoredSource season) {
    var view = new LinkedHashMap<String, @Nullable Object>();
    view.put("source", seasons.kind().key());
    if (season != null) {
      view.put("captured_at", season.capturedAt());
      view.put("checksum", season.checksum());
      view.put("teams", season.teams());
    }
    return view;
  }
}
