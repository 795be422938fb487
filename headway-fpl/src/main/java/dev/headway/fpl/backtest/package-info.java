/** The model of projected points, held against a season that has been played. */
@NullMarked
package dev.headway.fpl.backtest;

import org.jspecify.annotations.NullMarked;
