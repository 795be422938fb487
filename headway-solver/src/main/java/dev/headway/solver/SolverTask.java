package dev.headway.solver;

import tools.jackson.databind.JsonNode;

/**
 * Work for a solver process. The class is public with a public constructor without parameters; it
 * is loaded by name in the child, which has the same class path.
 */
public interface SolverTask {
  /**
   * Solves.
   *
   * @param input as the {@link SolverRequest} gave it
   * @return the result; after a stop the best so far
   * @throws Exception what makes the request fail; its message goes to the log, a {@link
   *     SolverUnavailableException}'s to the caller
   */
  JsonNode solve(JsonNode input, SolverContext context) throws Exception;
}
