package dev.headway.server.http;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.util.LinkedHashMap;

/**
 * Pages of a list in requests and answers.
 *
 * @param list the name of the list in answers, for example {@code schedules}
 * @param size the name of the page's size in requests and answers, for example {@code page_size}
 * @param defaultSize entries of a page when the request does not say
 */
public record Paging(String list, String size, int defaultSize) {
  /** The page that a request asks for; the first when it does not say. */
  public PageRequest asked(Request request) {
    return request.page(size, defaultSize);
  }

  /** The answer with a page: the list, {@code total}, {@code page} and the page's size. */
  public Response answer(Page<?> found, PageRequest asked) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put(list, found.items());
    answer.put("total", found.total());
    answer.put("page", asked.page());
    answer.put(size, asked.size());
    return Response.ok(answer);
  }
}
