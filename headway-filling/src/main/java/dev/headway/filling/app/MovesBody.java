package dev.headway.filling.app;

import dev.headway.filling.revision.LotMove;
import java.util.List;

/**
 * The body of a request to move lots of a plan.
 *
 * @param moves made one after the other
 */
record MovesBody(List<LotMove> moves) {}
