/** Tests of the network faults. */
@NullMarked
package dev.headway.testkit.net;

import org.jspecify.annotations.NullMarked;
