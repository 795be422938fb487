package dev.headway.fpl.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.ApiSettings;
import dev.headway.fpl.data.DataSource;
import dev.headway.fpl.data.FplApi;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.SnapshotSource;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.store.SeasonStore;
import dev.headway.fpl.store.UploadedSeason;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The seasons that analyses are made of. What it reads it keeps: the shipped season from its first
 * use, an uploaded one until another comes. Thread-safe; blocks.
 */
final class Seasons implements SnapshotSource {
  private final SourceSetting setting;
  private final SeasonStore store;
  private final InstantSource clock;
  private final @Nullable FplApi api;
  private @Nullable StoredSource kept; // guarded by this

  Seasons(SourceSetting setting, SeasonStore store, InstantSource clock) {
    this.setting = setting;
    this.store = store;
    this.clock = clock;
    this.api = setting instanceof SourceSetting.Live(var baseUrl) ? api(baseUrl, clock) : null;
  }

  private static FplApi api(URI baseUrl, InstantSource clock) {
    var http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    return new FplApi(ApiSettings.of(baseUrl), http, clock, new SecureRandom(), Thread::sleep);
  }

  @Override
  public DataSource kind() {
    return switch (setting) {
      case SourceSetting.Sample() -> DataSource.SAMPLE;
      case SourceSetting.Uploaded() -> DataSource.UPLOADED;
      case SourceSetting.Live _ -> DataSource.LIVE;
    };
  }

  @Override
  public SeasonSnapshot snapshot(int teamId, FetchListener listener) throws InterruptedException {
    if (api != null) {
      return api.snapshot(teamId, listener);
    }
    return stored().orElseThrow(Seasons::nothingUploaded).snapshot(teamId, listener);
  }

  private static HeadwayException nothingUploaded() {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "No season has been uploaded yet: send one with PUT /api/v1/analyze/season");
  }

  /** The season in hand; empty with the live API, and before the first upload. */
  Optional<StoredSource> stored() {
    return switch (setting) {
      case SourceSetting.Sample() -> Optional.of(sample());
      case SourceSetting.Uploaded() -> store.find().map(this::uploaded);
      case SourceSetting.Live _ -> Optional.empty();
    };
  }

  private synchronized StoredSource sample() {
    if (kept == null) {
      kept = StoredSource.sample();
    }
    return kept;
  }

  private synchronized StoredSource uploaded(UploadedSeason season) {
    if (kept == null || !kept.checksum().equals(season.checksum())) {
      var bytes = season.document().getBytes(StandardCharsets.UTF_8);
      var read = StoredSource.uploaded(bytes, clock);
      if (!read.checksum().equals(season.checksum())) {
        throw new HeadwayException(
            ErrorCode.INVALID_INPUT,
            "The uploaded season does not have its checksum: it was changed in the database; upload it again");
      }
      kept = read;
    }
    return kept;
  }

  /**
   * Takes an upload, if every team in it can be analysed.
   *
   * @throws HeadwayException with everything that is wrong with it
   */
  StoredSource upload(byte[] document) {
    var source = StoredSource.uploaded(document, clock);
    source.requireSound();
    var text = new String(document, StandardCharsets.UTF_8);
    store.replace(new UploadedSeason(source.checksum(), text), clock.instant());
    return source;
  }
}
