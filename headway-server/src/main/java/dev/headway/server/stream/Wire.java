package dev.headway.server.stream;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.json.ClientJson;
import dev.headway.server.json.JsonCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The encodings of the native stream: JSON text, or the same values as CBOR. */
public enum Wire {
  /** {@code headway.v1}. */
  JSON {
    @Override
    public Frame frame(Object value) {
      return Frame.text(JsonCodec.bytes(value));
    }

    @Override
    Frame translate(Frame json) {
      return json;
    }

    @Override
    JsonNode read(Frame message) {
      return JsonCodec.parse(message.bytes());
    }
  },

  /** {@code headway.v1.cbor}. */
  CBOR {
    @Override
    public Frame frame(Object value) {
      return translate(Frame.text(JsonCodec.bytes(value)));
    }

    @Override
    Frame translate(Frame json) {
      return Frame.binary(CborCodec.MAPPER.writeValueAsBytes(JsonCodec.parse(json.bytes())));
    }

    @Override
    JsonNode read(Frame message) {
      try {
        return ClientJson.admit(CborCodec.MAPPER.readTree(message.bytes()));
      } catch (JacksonException malformed) {
        throw new HeadwayException(ErrorCode.INVALID_INPUT, "The frame is not CBOR", malformed);
      }
    }
  };

  /** Made on first use: most servers never speak CBOR. */
  private static final class CborCodec {
    static final CBORMapper MAPPER = new CBORMapper();
  }

  /** Writes a value. */
  public abstract Frame frame(Object value);

  /** Writes anew what was written as JSON. */
  abstract Frame translate(Frame json);

  /**
   * Reads what a client sent.
   *
   * @throws HeadwayException INVALID_INPUT when it cannot be read
   */
  abstract JsonNode read(Frame message);

  /** Another dialect, which makes JSON, on this wire. */
  public Dialect dialect(Dialect json) {
    return this == JSON ? json : new Translated(json);
  }

  /** A dialect whose frames are translated, once per event. */
  private record Translated(Dialect json) implements Dialect {
    @Override
    public @Nullable Frame event(Event event) {
      var frame = event.frameAfterGap(json, 0);
      return frame == null ? null : CBOR.translate(frame);
    }

    @Override
    public @Nullable Frame eventAfterGap(Event event, long conflated) {
      var frame = event.frameAfterGap(json, conflated);
      return frame == null ? null : CBOR.translate(frame);
    }

    @Override
    public boolean lines() {
      return json.lines();
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return json.state(snapshot).stream().map(CBOR::translate).toList();
    }
  }
}
