package dev.headway.server.http;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list in requests and answers: {@code page}, from 1, or {@code after}, the {@code next}
 * of the page before; and the page's size.
 *
 * @param list the name of the list in answers, for example {@code schedules}
 * @param size the name of the page's size in requests and answers, for example {@code page_size}
 * @param defaultSize entries of a page when the request does not say
 */
public record Paging(String list, String size, int defaultSize) {
  /** Pages whose size is their {@code limit}, 50 when the request does not say. */
  public static Paging byLimit(String list) {
    return new Paging(list, "limit", 50);
  }

  /** The page that a request asks for; the first when it does not say. */
  public PageRequest asked(Request request) {
    return new PageRequest(
        request.queryInt("page", 1),
        request.queryInt(size, defaultSize),
        request.query("after").orElse(null));
  }

  /**
   * The answer with a page: the list, {@code total}, {@code page}, the page's size and {@code
   * next}.
   */
  public Response answer(Page<?> found, PageRequest asked) {
    return answer(found, asked, Map.of());
  }

  /**
   * The answer with a page.
   *
   * @param more further members, for example the values of a filter
   */
  public Response answer(Page<?> found, PageRequest asked, Map<String, ?> more) {
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put(list, found.items());
    answer.put("total", found.total());
    answer.put("page", asked.page());
    answer.put(size, asked.size());
    answer.put("next", found.next());
    answer.putAll(more);
    return Response.ok(answer);
  }
}
