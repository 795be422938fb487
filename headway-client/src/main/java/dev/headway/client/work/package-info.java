/** Doing jobs outside the server: claiming, reporting, ending. */
@NullMarked
package dev.headway.client.work;

import org.jspecify.annotations.NullMarked;
