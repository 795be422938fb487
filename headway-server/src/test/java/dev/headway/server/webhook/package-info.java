/** Tests of announcements. */
@NullMarked
package dev.headway.server.webhook;

import org.jspecify.annotations.NullMarked;
