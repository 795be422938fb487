package dev.headway.solver;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A task for a solver process.
 *
 * @param task whose class is loaded in the child
 * @param input for it
 * @param hardLimit after which a task that has not ended by itself is killed
 */
public record SolverRequest(Class<? extends SolverTask> task, JsonNode input, Duration hardLimit) {}
