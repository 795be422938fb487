/** How often something may happen, how much a client may hold, and what was refused. */
@NullMarked
package dev.headway.server.limit;

import org.jspecify.annotations.NullMarked;
