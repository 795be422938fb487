/** The rules by which users are told of their jobs' ends and stalls. */
@NullMarked
package dev.headway.server.notification;

import org.jspecify.annotations.NullMarked;
