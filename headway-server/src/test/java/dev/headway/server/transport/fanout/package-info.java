/** Tests of the package of the same name. */
@NullMarked
package dev.headway.server.transport.fanout;

import org.jspecify.annotations.NullMarked;
