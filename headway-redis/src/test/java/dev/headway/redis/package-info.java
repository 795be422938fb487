/** Tests of the bus over real servers, which they start themselves. */
@NullMarked
package dev.headway.redis;

import org.jspecify.annotations.NullMarked;
