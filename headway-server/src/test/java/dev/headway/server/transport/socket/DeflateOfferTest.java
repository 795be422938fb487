package dev.headway.server.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers of {@code permessage-deflate} as RFC 7692, section 7.1, allows and forbids them. */
final class DeflateOfferTest {
  private static final String ANSWER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate;client_max_window_bits=8",
        "permessage-deflate; client_max_window_bits=15",
        "permessage-deflate; client_max_window_bits=\"10\"",
        "permessage-deflate; server_no_context_takeover",
        "permessage-deflate; client_no_context_takeover",
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        " permessage-deflate ; client_max_window_bits ; server_no_context_takeover ",
        "permessage-bzip2; level=\"9, best\", permessage-deflate",
        "x-webkit-deflate-frame, , permessage-deflate; client_max_window_bits",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
        "permessage-deflate; unheard_of, permessage-deflate; client_max_window_bits",
        "permessage-deflate, not @ readable",
      })
  void answer_toAnAcceptableOffer_isWithoutContextTakeover(String offer) {
    assertThat(DeflateOffer.answer(List.of(offer))).isEqualTo(ANSWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=15",
        "permessage-deflate; server_max_window_bits=\"15\"; client_max_window_bits",
        "permessage-deflate; server_max_window_bits=9, permessage-deflate;"
            + " server_max_window_bits=15",
      })
  void answer_toTheLargestWindow_saysThatItIsKept(String offer) {
    assertThat(DeflateOffer.answer(List.of(offer)))
        .isEqualTo(ANSWER + "; server_max_window_bits=15");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x-webkit-deflate-frame",
        "Permessage-Deflated",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; server_max_window_bits=14",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=015",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; client_max_window_bits=many",
        "permessage-deflate; server_no_context_takeover=true",
        "permessage-deflate; client_no_context_takeover=1",
        "permessage-deflate; client_max_window_bits; client_max_window_bits",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; unheard_of",
        "permessage-deflate; unheard_of=1",
        "permessage-deflate; =15",
        "permessage-deflate; client_max_window_bits=\"15",
        "permessage-deflate permessage-deflate",
      })
  void answer_toAnyOther_isNone(String offer) {
    assertThat(DeflateOffer.answer(List.of(offer))).isNull();
  }

  @Test
  void answer_toOffersInSeveralHeaders_isToTheFirstAcceptable() {
    var headers = List.of("permessage-deflate; server_max_window_bits=9", "permessage-deflate");

    assertThat(DeflateOffer.answer(headers)).isEqualTo(ANSWER);
  }

  @Test
  void answer_withoutTheHeader_isNone() {
    assertThat(DeflateOffer.answer(List.of())).isNull();
  }

  @Test
  void answer_toALongUnreadableHeader_takesNoLongTime() {
    assertThat(DeflateOffer.answer(List.of("a;".repeat(4_000) + "\""))).isNull();
    assertThat(DeflateOffer.answer(List.of("permessage-deflate" + "; a=b".repeat(1_600) + "@")))
        .isNull();
  }
}
