/** How a server is doing, for those who run it. */
@NullMarked
package dev.headway.server.status;

import org.jspecify.annotations.NullMarked;
