/** Notices of an administrator to all clients. */
@NullMarked
package dev.headway.server.notice;

import org.jspecify.annotations.NullMarked;
