package dev.headway.filling.app;

import dev.headway.filling.store.TaskKind;
import dev.headway.filling.work.ComparisonWork;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;

/**
 * The routes of comparisons.
 *
 * @param common those that schedules have, too
 * @param reader reads requests
 * @param results has what was found
 */
record ComparisonRoutes(TaskRoutes common, TaskRequestReader reader, TaskResults results) {
  Routes routes() {
    return new Routes()
        .on("createComparison", this::create)
        .on("getComparison", request -> common.show(request, results::comparison))
        .on("listComparisons", common::list)
        .on("cancelComparison", common::cancel)
        .on("deleteComparison", common::delete);
  }

  private Response create(Request request) {
    var input = reader.read(TaskKind.COMPARISON, request).accepted();
    return common.create(request, input, ComparisonWork.steps(input.strategies().size()));
  }
}
