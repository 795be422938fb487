/** The status of a server, for its administrators. */
@NullMarked
package dev.headway.server.status;

import org.jspecify.annotations.NullMarked;
