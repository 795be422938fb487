package dev.headway.fpl.data;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A season from one file: the sample that ships with the product, or an upload. */
public final class StoredSource implements SnapshotSource {
  private static final String SAMPLE = "sample-season.json";

  private final DataSource kind;
  private final SnapshotFile file;
  private final String checksum;
  private final @Nullable InstantSource clock;

  private StoredSource(
      DataSource kind, SnapshotFile file, String checksum, @Nullable InstantSource clock) {
    this.kind = kind;
    this.file = file;
    this.checksum = checksum;
    this.clock = clock;
  }

  /**
   * The shipped season. Its clock is the day on which it was taken.
   *
   * @throws HeadwayException when the file does not have its checksum
   */
  public static StoredSource sample() {
    return sample(resource(SAMPLE), text(resource(SAMPLE + ".sha256")));
  }

  static StoredSource sample(byte[] json, String checksum) {
    if (!checksum.startsWith(sha256(json))) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          "The sample season does not have its checksum: the file was changed or damaged;"
              + " install it again");
    }
    var file = Documents.read("sample season", text(json), SnapshotFile.class);
    return new StoredSource(DataSource.SAMPLE, file, sha256(json), null);
  }

  /**
   * A season that a user uploaded.
   *
   * @throws HeadwayException when it cannot be read
   */
  public static StoredSource uploaded(byte[] json, InstantSource clock) {
    var file = Documents.read("uploaded season", text(json), SnapshotFile.class);
    return new StoredSource(DataSource.UPLOADED, file, sha256(json), clock);
  }

  @Override
  public DataSource kind() {
    return kind;
  }

  /** When its documents were made. */
  public Instant capturedAt() {
    return file.capturedAt();
  }

  /** The teams whose documents it has, in ascending order. */
  public List<Integer> teams() {
    return file.teams().keySet().stream().sorted().toList();
  }

  /** Its SHA-256 in hexadecimal. */
  public String checksum() {
    return checksum;
  }

  /**
   * Requires that every team in it can be analysed.
   *
   * @throws HeadwayException naming everything that forbids it
   */
  public void requireSound() {
    var defects = new LinkedHashSet<Defect>();
    for (var team : teams()) {
      try {
        snapshot(team, (_, _, _) -> {});
      } catch (HeadwayException refused) {
        defects.addAll(refused.defects());
      }
    }
    if (teams().isEmpty()) {
      defects.add(Defect.of("The %s season has no team".formatted(kind.key())));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.badInput(List.copyOf(defects));
    }
  }

  @Override
  public SeasonSnapshot snapshot(int teamId, FetchListener listener) {
    var team = file.teams().get(teamId);
    if (team == null) {
      throw HeadwayException.notFound("Team " + teamId);
    }
    var now = clock == null ? file.capturedAt() : clock.instant();
    var snapshot =
        new SeasonSnapshot(
            kind,
            file.capturedAt(),
            now,
            now,
            file.bootstrap(),
            file.fixtures(),
            file.eventStatus(),
            Objects.requireNonNullElse(file.live(), Map.of()),
            team,
            checksum);
    SnapshotCheck.require(snapshot);
    listener.fetched(1, 1, kind.key() + " season");
    return snapshot;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = StoredSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SHA-256 of a document in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
