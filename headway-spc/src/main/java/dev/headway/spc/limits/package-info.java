/** Control limits: estimated from samples of every chart kind, or set by hand. */
@NullMarked
package dev.headway.spc.limits;

import org.jspecify.annotations.NullMarked;
