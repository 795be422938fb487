/** Tests of notices. */
@NullMarked
package dev.headway.server.notice;

import org.jspecify.annotations.NullMarked;
