/**
 * The control chart of one characteristic, live: a sample goes in, its zone and signals come out.
 */
@NullMarked
package dev.headway.spc.chart;

import org.jspecify.annotations.NullMarked;
