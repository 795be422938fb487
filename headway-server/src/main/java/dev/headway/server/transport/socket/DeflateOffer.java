package dev.headway.server.transport.socket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The negotiation of {@code permessage-deflate} (RFC 7692, section 7.1). The answer is always
 * without context takeover in either direction, so that no state is kept from one message to the
 * next. The first acceptable offer is taken; without one, the connection is not compressed.
 */
public final class DeflateOffer {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String ANSWER =
      NAME + "; server_no_context_takeover; client_no_context_takeover";

  private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]++";
  private static final String VALUE = "(?:(" + TOKEN + ")|\"([^\"\\\\]*+)\")";
  private static final Pattern PARAMETER =
      Pattern.compile("\\s*+;\\s*+(" + TOKEN + ")(?:\\s*+=\\s*+" + VALUE + ")?+");
  private static final Pattern OFFER =
      Pattern.compile("\\G[\\s,]*+(" + TOKEN + ")((?:" + PARAMETER.pattern() + ")*+)\\s*+(?:,|$)");

  private static final Pattern WINDOW = Pattern.compile("[89]|1[0-5]");

  private DeflateOffer() {}

  /**
   * The answer to the first offer that can be taken.
   *
   * @param headers the values of the request's {@code Sec-WebSocket-Extensions}, in order
   * @return the response's value; null when there is none
   */
  public static @Nullable String answer(List<String> headers) {
    var offer = OFFER.matcher(String.join(",", headers));
    String answer = null;
    while (answer == null && offer.find()) {
      answer = offer.group(1).equals(NAME) ? answerTo(offer.group(2)) : null;
    }
    return answer;
  }

  private static @Nullable String answerTo(String parameters) {
    Set<String> names = new HashSet<>();
    var parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      var name = parameter.group(1);
      var value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      if (!names.add(name) || !acceptable(name, value)) {
        return null;
      }
    }
    return names.contains(SERVER_WINDOW) ? ANSWER + "; " + SERVER_WINDOW + "=15" : ANSWER;
  }

  /* The window that is compressed with cannot be made smaller here; any smaller one can be read. */
  private static boolean acceptable(String name, @Nullable String value) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
      case "client_max_window_bits" -> value == null || WINDOW.matcher(value).matches();
      case SERVER_WINDOW -> "15".equals(value);
      default -> false;
    };
  }
}
