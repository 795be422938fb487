package dev.headway.server.http.contract;

import java.util.List;

/** The AsyncAPI 3 document of the sockets with the applications' parts merged into it. */
public final class AsyncApiDocument {
  private static final String SERVER = "/dev/headway/server/asyncapi.yaml";

  private AsyncApiDocument() {}

  /**
   * The document as YAML.
   *
   * @param parts resource paths of the applications' parts
   * @throws IllegalArgumentException with everything that is wrong: a missing part, a channel or a
   *     message that two parts describe differently
   */
  public static byte[] yaml(List<String> parts) {
    var merged = new MergedDocument(YamlCodec.resource(SERVER));
    parts.forEach(part -> merged.add(YamlCodec.resource(part), part));
    return YamlCodec.bytes(merged.root());
  }
}
