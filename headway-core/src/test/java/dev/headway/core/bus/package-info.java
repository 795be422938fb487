/** Tests of the bus, deterministic; its contract suite is in the test kit. */
@NullMarked
package dev.headway.core.bus;

import org.jspecify.annotations.NullMarked;
