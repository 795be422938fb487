package dev.headway.core.port;

import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Progress;
import dev.headway.core.port.ProgressLedger.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report as bytes: an entry of a {@link ProgressLedger}, and what a {@link Bus} carries with a
 * ring.
 */
public final class LedgerRecord {
  private LedgerRecord() {}

  /** The newest report of a job. */
  public static byte[] of(Job job) {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(job.id().getMostSignificantBits());
      out.writeLong(job.id().getLeastSignificantBits());
      out.writeLong(job.version());
      var lease = job.lease();
      write(out, lease == null ? job.times().updated() : lease.expiresAt());
      write(out, job.times().updated());
      write(out, job.progress());
      out.writeLong(job.position().reports());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Instant moment) throws IOException {
    out.writeLong(moment.getEpochSecond());
    out.writeInt(moment.getNano());
  }

  private static void write(DataOutputStream out, Progress progress) throws IOException {
    var eta = progress.eta();
    var metadata = progress.metadata();
    write(out, progress.percent());
    write(out, progress.step());
    write(out, progress.message());
    write(out, progress.done());
    write(out, progress.total());
    write(out, eta == null ? null : Double.valueOf(eta.seconds()));
    write(out, eta == null ? null : Double.valueOf(eta.low()));
    write(out, eta == null ? null : Double.valueOf(eta.high()));
    write(out, metadata == null ? null : metadata.text());
    var begin = progress.begin();
    write(out, begin == null ? null : Double.valueOf(begin.percent()));
    write(out, begin == null ? Instant.EPOCH : begin.at());
  }

  private static void write(DataOutputStream out, @Nullable Double value) throws IOException {
    out.writeBoolean(value != null);
    out.writeDouble(value == null ? 0 : value);
  }

  private static void write(DataOutputStream out, @Nullable Long value) throws IOException {
    out.writeBoolean(value != null);
    out.writeLong(value == null ? 0 : value);
  }

  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    var bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws UncheckedIOException when it was something else
   */
  public static Entry read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var id = new UUID(in.readLong(), in.readLong());
      var version = in.readLong();
      var expiresAt = moment(in);
      var at = moment(in);
      var progress = progress(in);
      return new Entry(id, version, reports(in), progress, expiresAt, at);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static long reports(DataInputStream in) throws IOException {
    return in.available() == 0 ? 0 : in.readLong(); // an earlier version counted none
  }

  private static Instant moment(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static Progress progress(DataInputStream in) throws IOException {
    var percent = real(in);
    var step = text(in);
    var message = text(in);
    var done = integer(in);
    var total = integer(in);
    var eta = eta(real(in), real(in), real(in));
    var metadata = text(in);
    return new Progress(
        percent,
        step,
        message == null ? "" : message,
        done,
        total,
        eta,
        metadata == null ? null : new Json(metadata),
        begin(in));
  }

  private static Progress.@Nullable Begin begin(DataInputStream in) throws IOException {
    if (in.available() == 0) {
      return null; // written by an earlier version
    }
    var percent = real(in);
    var at = moment(in);
    return percent == null ? null : new Progress.Begin(at, percent);
  }

  private static @Nullable Eta eta(
      @Nullable Double seconds, @Nullable Double low, @Nullable Double high) {
    return seconds == null || low == null || high == null ? null : new Eta(seconds, low, high);
  }

  private static @Nullable Double real(DataInputStream in) throws IOException {
    var present = in.readBoolean();
    var value = in.readDouble();
    return present ? value : null;
  }

  private static @Nullable Long integer(DataInputStream in) throws IOException {
    var present = in.readBoolean();
    var value = in.readLong();
    return present ? value : null;
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    var present = in.readBoolean();
    var bytes = in.readNBytes(in.readInt());
    return present ? new String(bytes, StandardCharsets.UTF_8) : null;
  }
}
