package dev.headway.client.job;

import java.util.List;

/**
 * Some of the jobs that matched.
 *
 * @param jobs newest first
 * @param total how many there are on all pages
 * @param page from 1
 * @param limit jobs a page
 */
public record JobPage(List<Job> jobs, long total, int page, int limit) {
  /** Takes a copy. */
  public JobPage {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }
}
