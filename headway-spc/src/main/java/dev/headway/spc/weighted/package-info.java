/** Time-weighted charts: EWMA and CUSUM, and their average run lengths. */
@NullMarked
package dev.headway.spc.weighted;

import org.jspecify.annotations.NullMarked;
