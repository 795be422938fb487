package dev.headway.spc.mqtt;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payload of Sparkplug B, as far as numbers go: {@code sparkplug_b.proto} of Eclipse Tahu, to
 * whose field numbers the code refers; the specification is Eclipse Sparkplug 3.0.0, chapter 6.
 *
 * @param timestamp milliseconds since the epoch; 0 when it does not say
 * @param metrics its metrics
 */
record SparkplugPayload(long timestamp, List<Metric> metrics) {
  /**
   * A metric.
   *
   * @param name empty where an alias stands for it
   * @param alias 0 for none
   * @param timestamp milliseconds since the epoch; 0 when it does not say
   * @param value its number; null for another type, or for none
   */
  record Metric(String name, long alias, long timestamp, @Nullable Double value) {}

  /**
   * Reads a payload.
   *
   * @throws IOException when it is none
   */
  static SparkplugPayload of(byte[] bytes) throws IOException {
    var input = CodedInputStream.newInstance(bytes);
    var timestamp = 0L;
    var metrics = new ArrayList<Metric>();
    for (var tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> timestamp = input.readUInt64();
        case 2 -> metrics.add(metric(input.readByteArray()));
        default -> input.skipField(tag);
      }
    }
    return new SparkplugPayload(timestamp, List.copyOf(metrics));
  }

  private static Metric metric(byte[] bytes) throws IOException {
    var input = CodedInputStream.newInstance(bytes);
    var name = "";
    var alias = 0L;
    var timestamp = 0L;
    var type = 0;
    Double value = null;
    for (var tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = input.readString();
        case 2 -> alias = input.readUInt64();
        case 3 -> timestamp = input.readUInt64();
        case 4 -> type = input.readUInt32();
        case 10 -> value = whole(type, input.readUInt32());
        case 11 -> value = (double) input.readUInt64();
        case 12 -> value = Double.valueOf(Float.toString(input.readFloat()));
        case 13 -> value = input.readDouble();
        default -> input.skipField(tag);
      }
    }
    return new Metric(name, alias, timestamp, value);
  }

  /* Int8, Int16 and Int32 (types 1 to 3) are sent in two's complement. */
  private static double whole(int type, int bits) {
    return switch (type) {
      case 1 -> (byte) bits;
      case 2 -> (short) bits;
      case 3 -> bits;
      default -> Integer.toUnsignedLong(bits);
    };
  }

  /** The command by which a host application asks a node for its birth certificates. */
  static byte[] rebirth(long now) {
    var metric = new byte[64];
    var metricOut = CodedOutputStream.newInstance(metric);
    var payload = new byte[96];
    var out = CodedOutputStream.newInstance(payload);
    try {
      metricOut.writeString(1, "Node Control/Rebirth");
      metricOut.writeUInt64(3, now);
      metricOut.writeUInt32(4, 11);
      metricOut.writeBool(14, true);
      out.writeUInt64(1, now);
      out.writeByteArray(2, Arrays.copyOf(metric, metricOut.getTotalBytesWritten()));
      return Arrays.copyOf(payload, out.getTotalBytesWritten());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
