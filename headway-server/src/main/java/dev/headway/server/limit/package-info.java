/** How often something may happen. */
@NullMarked
package dev.headway.server.limit;

import org.jspecify.annotations.NullMarked;
